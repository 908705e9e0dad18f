package dev.lightningbridge.model;

import dev.lightningbridge.model.ModelException.Kind;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a call's attempts: again after failures that may pass, with growing waits of which half is
 * random; none while the circuit is open or the endpoint wants to be left alone; each within its
 * time. One for all calls to an endpoint, since they share the circuit and the waits. Thread-safe.
 */
final class PatientCaller {
  /** A wait that is worth telling a person. */
  private static final long TOLD_MS = 5_000;

  /** How long the same kind of failure is no news. */
  private static final Duration TOLD_AGAIN = Duration.ofMinutes(1);

  private final Patience patience;
  private final RandomGenerator random;
  private final Consumer<String> notices;
  private final Traffic traffic;
  private final TypedGuard<ChatAnswer> guard;
  private final AtomicBoolean toldOfLoading = new AtomicBoolean();
  private final Map<Kind, Long> told = new ConcurrentHashMap<>();
  private volatile @Nullable ModelException illness;

  /**
   * @param concurrency how many calls may be under way at once
   * @param notices told in a sentence of circuit and waits
   */
  PatientCaller(
      Patience patience, int concurrency, RandomGenerator random, Consumer<String> notices) {
    this.patience = patience;
    this.random = random;
    this.notices = notices;
    this.traffic = new Traffic(concurrency);
    DaemonThreads.ensure();
    this.guard = guard();
  }

  /** A call, which may take several attempts. */
  interface Attempts {
    /** Is asked before each of them, and may take its time. */
    void prepare() throws ModelException, InterruptedException;

    ChatAnswer make() throws ModelException;
  }

  private TypedGuard<ChatAnswer> guard() {
    return TypedGuard.create(ChatAnswer.class)
        .withDescription("model call")
        .withCircuitBreaker()
        .requestVolumeThreshold(patience.circuitWindow())
        .failureRatio((double) patience.circuitFailures() / patience.circuitWindow())
        .successThreshold(1)
        .delay(patience.circuitPause().toMillis(), ChronoUnit.MILLIS)
        .when(PatientCaller::endpointIsIll)
        .onStateChange(state -> notices.accept(notice(state)))
        .done()
        .withTimeout()
        .duration(patience.callTimeout().toMillis(), ChronoUnit.MILLIS)
        .done()
        .build();
  }

  /**
   * @throws ModelException the last attempt's failure; CIRCUIT_OPEN where there was no last
   *     attempt; CANCELLED where the thread was interrupted; what {@code prepare} throws
   */
  ChatAnswer call(Attempts attempts) throws ModelException {
    CallWaits waits = new CallWaits(patience, random, traffic);
    try {
      while (true) {
        attempts.prepare();
        traffic.enter();
        boolean answered = false;
        ModelException failure;
        try {
          ChatAnswer answer = guard.call(attempts::make);
          answered = true;
          return answer;
        } catch (Exception e) {
          failure = failure(e);
          holdBack(failure);
        } finally {
          traffic.leave(answered);
        }
        Thread.sleep(waits.before(failure));
      }
    } catch (InterruptedException e) {
      throw new ModelException(Kind.CANCELLED, "Cancelled", null, e);
    }
  }

  private ModelException failure(Exception e) {
    return switch (e) {
      case ModelException m -> {
        if (endpointIsIll(m)) {
          illness = m;
          tell(m);
        }
        yield m;
      }
      case TimeoutException t ->
          new ModelException(
              Kind.TIMEOUT, "No answer within " + words(patience.callTimeout()), null, t);
      case CircuitBreakerOpenException c -> open(c);
      case InterruptedException i -> new ModelException(Kind.CANCELLED, "Cancelled", null, i);
      case RuntimeException r -> throw r;
      default -> throw new IllegalStateException(e);
    };
  }

  /** Says at once that an endpoint fails which has answered before, and why. */
  private void tell(ModelException failure) {
    long now = System.nanoTime();
    Long before = told.get(failure.kind());
    boolean news = before == null || now - before > TOLD_AGAIN.toNanos();
    if (news && traffic.answers() > 0) {
      told.put(failure.kind(), now);
      notices.accept("A call failed: " + failure.getMessage());
    }
  }

  private ModelException open(CircuitBreakerOpenException e) {
    String what =
        "The endpoint failed so often that it is left alone for " + words(patience.circuitPause());
    long ms = patience.circuitPause().toMillis();
    ModelException last = illness;
    return last == null
        ? new ModelException(Kind.CIRCUIT_OPEN, what, ms, e)
        : new ModelException(
            Kind.CIRCUIT_OPEN,
            what + "; the last failure: " + last.getMessage(),
            last.remedy(),
            ms,
            last.reply(),
            e);
  }

  /** Has all calls wait as long as the endpoint asks for. */
  private void holdBack(ModelException failure) {
    boolean limited = failure.kind() == Kind.RATE_LIMITED;
    boolean loading = CallWaits.isLoading(failure);
    Long told = failure.kind() == Kind.CIRCUIT_OPEN ? null : failure.retryAfterMs();
    boolean passes = failure.kind().retryable() && !CallWaits.lasts(failure, patience);
    if (!passes || (!limited && !loading && told == null)) {
      return;
    }
    long ms = told == null ? patience.untold(loading).toMillis() : patience.granted(told);
    boolean news = traffic.holdBack(ms, limited);
    if (loading) {
      if (!toldOfLoading.getAndSet(true)) {
        notices.accept(
            "The endpoint is loading its model; it is waited for up to "
                + words(patience.deadline()));
      }
    } else if (news && ms >= TOLD_MS) {
      notices.accept(
          "The endpoint %s: nothing is sent to it for %s"
              .formatted(
                  limited ? "has reached a rate limit" : "asks to wait",
                  words(Duration.ofMillis(ms))));
    }
  }

  private String notice(CircuitBreakerState state) {
    return switch (state) {
      case OPEN ->
          "The endpoint fails again and again: nothing is sent to it for "
              + words(patience.circuitPause());
      case HALF_OPEN -> "The endpoint is tried again with one call";
      case CLOSED -> "The endpoint answers again";
    };
  }

  static String words(Duration duration) {
    long ms = duration.toMillis();
    return ms >= 10_000 ? (ms + 999) / 1000 + " s" : ms % 1000 == 0 ? ms / 1000 + " s" : ms + " ms";
  }

  private static boolean endpointIsIll(Throwable e) {
    return e instanceof TimeoutException
        || (e instanceof ModelException m
            && !CallWaits.isLoading(m)
            && switch (m.kind()) {
              case SERVER_ERROR, NETWORK, UNREACHABLE, TIMEOUT -> true;
              default -> false;
            });
  }
}
