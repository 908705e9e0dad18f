package dev.lightningbridge.model;

import dev.lightningbridge.model.ModelException.Kind;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.CustomBackoffStrategy;
import io.smallrye.faulttolerance.api.TypedGuard;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * Makes a call's attempts: again after failures that may pass, with growing waits of which half is
 * random; none while the circuit is open; each within its time. One for all calls to an endpoint,
 * since they share the circuit. Thread-safe.
 */
final class PatientCaller {
  private final Patience patience;
  private final RandomGenerator random;
  private final TypedGuard<ChatAnswer> guard;

  /**
   * @param notices told in a sentence when the circuit opens and closes
   */
  PatientCaller(Patience patience, RandomGenerator random, Consumer<String> notices) {
    this.patience = patience;
    this.random = random;
    DaemonThreads.ensure();
    this.guard = guard(notices);
  }

  private TypedGuard<ChatAnswer> guard(Consumer<String> notices) {
    return TypedGuard.create(ChatAnswer.class)
        .withDescription("model call")
        .withRetry()
        .maxRetries(patience.retries())
        .delay(0, ChronoUnit.MILLIS)
        .jitter(0, ChronoUnit.MILLIS)
        .maxDuration(0, ChronoUnit.MILLIS)
        .whenException(PatientCaller::mayPass)
        .withCustomBackoff()
        .strategy(Backoff::new)
        .done()
        .done()
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
   *     attempt; CANCELLED where the thread was interrupted
   */
  ChatAnswer call(Callable<ChatAnswer> attempt) throws ModelException {
    try {
      return guard.call(attempt);
    } catch (GaveUp e) {
      throw failure(e.last);
    } catch (Exception e) {
      throw failure(e);
    }
  }

  private ModelException failure(Throwable e) {
    return switch (e) {
      case ModelException m -> m;
      case TimeoutException t ->
          new ModelException(
              Kind.TIMEOUT, "No answer within " + words(patience.callTimeout()), null, t);
      case CircuitBreakerOpenException c ->
          new ModelException(
              Kind.CIRCUIT_OPEN,
              "The endpoint failed so often that it is left alone for "
                  + words(patience.circuitPause()),
              patience.circuitPause().toMillis(),
              c);
      case InterruptedException i -> new ModelException(Kind.CANCELLED, "Cancelled", null, i);
      case RuntimeException r -> throw r;
      default -> throw new IllegalStateException(e);
    };
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

  private static String words(Duration duration) {
    long ms = duration.toMillis();
    return ms % 1000 == 0 ? ms / 1000 + " s" : ms + " ms";
  }

  private static boolean mayPass(Throwable e) {
    return e instanceof TimeoutException
        || e instanceof CircuitBreakerOpenException
        || (e instanceof ModelException m && m.kind().retryable());
  }

  private static boolean endpointIsIll(Throwable e) {
    return e instanceof TimeoutException
        || (e instanceof ModelException m
            && switch (m.kind()) {
              case SERVER_ERROR, NETWORK, TIMEOUT -> true;
              default -> false;
            });
  }

  /** The waits of one call. */
  private final class Backoff implements CustomBackoffStrategy {
    private final long start = System.nanoTime();
    private int waits;

    @Override
    public long nextDelayInMillis(Throwable failure) {
      long wait = wait(failure);
      long elapsed = (System.nanoTime() - start) / 1_000_000;
      if (elapsed + wait >= patience.deadline().toMillis()) {
        throw new GaveUp(failure);
      }
      return wait;
    }

    private long wait(Throwable failure) {
      long doubled = patience.firstDelay().toMillis() << Math.min(waits++, 20);
      long own = jittered(Math.min(doubled, patience.longestDelay().toMillis()));
      if (failure instanceof CircuitBreakerOpenException) {
        return patience.circuitPause().toMillis() + own;
      }
      if (failure instanceof ModelException m && m.retryAfterMs() != null) {
        // Those told to come back at the same time must not all do so: their own wait comes on top.
        return Math.min(m.retryAfterMs(), patience.longestRetryAfter().toMillis()) + own;
      }
      return own;
    }

    private long jittered(long ceiling) {
      synchronized (random) {
        return ceiling / 2 + random.nextLong(ceiling / 2 + 1);
      }
    }
  }

  /** The deadline would pass while waiting. */
  private static final class GaveUp extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Throwable last;

    GaveUp(Throwable last) {
      super(last);
      this.last = last;
    }
  }
}
