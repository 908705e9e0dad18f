package dev.lightningbridge.model;

/** What was spent. */
public record Spend(long calls, long promptTokens, long completionTokens, double usd) {
  public static final Spend NOTHING = new Spend(0, 0, 0, 0);

  public long tokens() {
    return promptTokens + completionTokens;
  }
}
