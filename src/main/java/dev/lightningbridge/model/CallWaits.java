package dev.lightningbridge.model;

import dev.lightningbridge.model.ModelException.Kind;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The waits of one call between its attempts, and when it is given up. A call that is turned down
 * for a rate limit goes on as long as the endpoint answers others.
 */
final class CallWaits {
  private static final Pattern LOADING =
      Pattern.compile("loading (the )?model|model\\b.{0,200}\\b(is )?(currently |still )?loading");

  /** An answer without text comes again from most models that gave one. */
  private static final int EMPTIES_REPEATED = 2;

  private final Patience patience;
  private final RandomGenerator random;
  private final Traffic traffic;
  private final long start = System.nanoTime();
  private int waits;
  private int repeats;
  private int unreached;
  private int timeouts;
  private int refusals;
  private int empties;
  private int limited;
  private int lasting;
  private long answersSeen;

  CallWaits(Patience patience, RandomGenerator random, Traffic traffic) {
    this.patience = patience;
    this.random = random;
    this.traffic = traffic;
    this.answersSeen = traffic.answers();
  }

  /** Whether the endpoint is about to be ready. */
  static boolean isLoading(ModelException failure) {
    return failure.kind() == Kind.SERVER_ERROR
        && LOADING.matcher(String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT)).find();
  }

  /** Whether a rate limit ends later than anything is waited for, as one of a day does. */
  static boolean lasts(ModelException failure, Patience patience) {
    Long told = failure.retryAfterMs();
    return failure.kind() == Kind.RATE_LIMITED
        && told != null
        && told >= patience.deadline().toMillis();
  }

  /**
   * How long to wait before the next attempt, in milliseconds.
   *
   * @throws ModelException the failure, where there shall be no other attempt
   */
  long before(ModelException failure) throws ModelException {
    if (!failure.kind().retryable() && !isFirstRefusal(failure)) {
      throw failure;
    }
    if (failure.kind() == Kind.TIMEOUT && failure.status() == 0 && ++timeouts > 1) {
      throw new ModelException(
          Kind.TIMEOUT,
          failure.getMessage() + ", and none when it was sent again; --timeout allows it more",
          failure.remedy(),
          null,
          null,
          failure);
    }
    if (isUsedUp(failure) || (lasts(failure, patience) && ++lasting > 1)) {
      throw failure;
    }
    long wait = wait(failure);
    long elapsed = (System.nanoTime() - start) / 1_000_000;
    if (Math.min(elapsed, traffic.silentMs()) + wait >= patience.deadline().toMillis()) {
      throw failure;
    }
    return wait;
  }

  /** What a filter turns down is often a matter of chance. */
  private boolean isFirstRefusal(ModelException failure) {
    return failure.kind() == Kind.REFUSED && ++refusals == 1;
  }

  private boolean isUsedUp(ModelException failure) {
    if (failure.kind() == Kind.RATE_LIMITED) {
      long answers = traffic.answers();
      if (answers != answersSeen) {
        answersSeen = answers;
        limited = 0;
      }
      return ++limited > 2 * patience.retries();
    }
    if (failure.kind() == Kind.UNREACHABLE && traffic.answers() == 0) {
      // It never answered: a wrong address is likelier than a server that comes back.
      return ++unreached > 1;
    }
    if (failure.kind() == Kind.EMPTY_ANSWER && ++empties > EMPTIES_REPEATED) {
      return true;
    }
    return !isLoading(failure) && ++repeats > patience.retries();
  }

  /** Those told to come back at the same time must not all do so: their own wait comes on top. */
  private long wait(ModelException failure) {
    long doubled = patience.firstDelay().toMillis() << Math.min(waits++, 20);
    long own = jittered(Math.min(doubled, patience.longestDelay().toMillis()));
    Long told = failure.retryAfterMs();
    if (failure.kind() == Kind.CIRCUIT_OPEN) {
      return patience.circuitPause().toMillis() + own;
    }
    if (lasts(failure, patience)) {
      // It was read from a time of day, perhaps, and a clock may be wrong: one more attempt.
      return own;
    }
    if (told != null) {
      return patience.granted(told) + own;
    }
    boolean loading = isLoading(failure);
    return own
        + (loading || failure.kind() == Kind.RATE_LIMITED
            ? patience.untold(loading).toMillis()
            : 0);
  }

  private long jittered(long ceiling) {
    synchronized (random) {
      return ceiling / 2 + random.nextLong(ceiling / 2 + 1);
    }
  }
}
