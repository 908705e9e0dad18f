package dev.lightningbridge.model;

import java.time.Duration;

/**
 * How long an endpoint that fails is borne with.
 *
 * @param retries how often a call is sent again after a failure that may pass; twice as often after
 *     a rate limit, counted anew when the endpoint has answered another call
 * @param firstDelay the wait before the first of them; doubled each time, half of it random
 * @param longestDelay the ceiling of that wait
 * @param longestRetryAfter the ceiling of a wait that the endpoint asks for
 * @param rateLimitPause how long nothing is sent after a rate limit of which the endpoint does not
 *     say how long it lasts
 * @param callTimeout how long one attempt may take
 * @param deadline no attempt begins later than this after the first, or after the endpoint answered
 *     any other call
 * @param circuitFailures failures among the last {@code circuitWindow} attempts that open the
 *     circuit: 5xx, network, time-out
 * @param circuitWindow how many attempts are looked at
 * @param circuitPause how long an open circuit sends nothing before one attempt probes again
 */
public record Patience(
    int retries,
    Duration firstDelay,
    Duration longestDelay,
    Duration longestRetryAfter,
    Duration rateLimitPause,
    Duration callTimeout,
    Duration deadline,
    int circuitFailures,
    int circuitWindow,
    Duration circuitPause) {
  public static final Patience DEFAULT =
      new Patience(
          5,
          Duration.ofMillis(500),
          Duration.ofSeconds(20),
          Duration.ofMinutes(5),
          Duration.ofMinutes(1),
          Duration.ofMinutes(3),
          Duration.ofMinutes(10),
          8,
          10,
          Duration.ofSeconds(10));

  /** A single attempt of any length: for a model in this process. */
  public static final Patience NONE =
      new Patience(
          0,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ZERO,
          Duration.ofHours(1),
          Duration.ofHours(1),
          10,
          10,
          Duration.ofSeconds(1));

  public Patience withRetries(int value) {
    return new Patience(
        value,
        firstDelay,
        longestDelay,
        longestRetryAfter,
        rateLimitPause,
        callTimeout,
        deadline,
        circuitFailures,
        circuitWindow,
        circuitPause);
  }

  public Patience withCallTimeout(Duration value) {
    return new Patience(
        retries,
        firstDelay,
        longestDelay,
        longestRetryAfter,
        rateLimitPause,
        value,
        deadline,
        circuitFailures,
        circuitWindow,
        circuitPause);
  }

  public Patience withCircuitPause(Duration value) {
    return new Patience(
        retries,
        firstDelay,
        longestDelay,
        longestRetryAfter,
        rateLimitPause,
        callTimeout,
        deadline,
        circuitFailures,
        circuitWindow,
        value);
  }

  /** The wait that the endpoint asks for, up to its ceiling, in milliseconds. */
  long granted(long askedMs) {
    return Math.min(askedMs, longestRetryAfter.toMillis());
  }

  /** The wait where the endpoint does not say how long a rate limit, or loading, will last. */
  Duration untold(boolean loading) {
    return loading ? longestDelay.dividedBy(4) : rateLimitPause;
  }
}
