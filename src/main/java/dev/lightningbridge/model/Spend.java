package dev.lightningbridge.model;

/**
 * What was spent.
 *
 * @param calls requests sent, repeats after a failure among them
 * @param usd by the table of prices; 0 for models that are not in it
 */
public record Spend(long calls, long promptTokens, long completionTokens, double usd) {
  public static final Spend NOTHING = new Spend(0, 0, 0, 0);

  public long tokens() {
    return promptTokens + completionTokens;
  }

  public Spend minus(Spend other) {
    return new Spend(
        calls - other.calls,
        promptTokens - other.promptTokens,
        completionTokens - other.completionTokens,
        usd - other.usd);
  }

  public Spend plus(Spend other) {
    return new Spend(
        calls + other.calls,
        promptTokens + other.promptTokens,
        completionTokens + other.completionTokens,
        usd + other.usd);
  }
}
