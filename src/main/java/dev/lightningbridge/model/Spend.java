package dev.lightningbridge.model;

/**
 * What was spent.
 *
 * @param calls requests that were answered, or may have been: repeats after a failure among them
 * @param turnedDown requests that the endpoint turned down, or that did not reach it: they cost
 *     nothing and count against no limit
 * @param usd by the table of prices, or what the endpoint states where that is more; 0 for models
 *     of which neither is known
 */
public record Spend(
    long calls, long turnedDown, long promptTokens, long completionTokens, double usd) {
  public static final Spend NOTHING = new Spend(0, 0, 0, 0);

  /** One request that was turned down. */
  static final Spend TURNED_DOWN = new Spend(0, 1, 0, 0, 0);

  /** With nothing that was turned down. */
  public Spend(long calls, long promptTokens, long completionTokens, double usd) {
    this(calls, 0, promptTokens, completionTokens, usd);
  }

  public long tokens() {
    return promptTokens + completionTokens;
  }

  public Spend minus(Spend other) {
    return new Spend(
        calls - other.calls,
        turnedDown - other.turnedDown,
        promptTokens - other.promptTokens,
        completionTokens - other.completionTokens,
        usd - other.usd);
  }

  public Spend plus(Spend other) {
    return new Spend(
        calls + other.calls,
        turnedDown + other.turnedDown,
        promptTokens + other.promptTokens,
        completionTokens + other.completionTokens,
        usd + other.usd);
  }

  /** So much of this, each part rounded up. */
  public Spend times(double factor) {
    return new Spend(
        up(calls * factor), up(promptTokens * factor), up(completionTokens * factor), usd * factor);
  }

  /** Up, but not for what rounding left behind a whole number. */
  private static long up(double number) {
    return (long) Math.ceil(number - 1e-6);
  }

  /** The larger of the two in each part. */
  public Spend atLeast(Spend other) {
    return new Spend(
        Math.max(calls, other.calls),
        Math.max(turnedDown, other.turnedDown),
        Math.max(promptTokens, other.promptTokens),
        Math.max(completionTokens, other.completionTokens),
        Math.max(usd, other.usd));
  }
}
