package dev.lightningbridge.model;

import dev.lightningbridge.common.BridgeException;
import org.jspecify.annotations.Nullable;

/** What a run may spend; null where there is no limit. */
public record Limits(@Nullable Long calls, @Nullable Long tokens, @Nullable Double usd) {
  public static final Limits NONE = new Limits(null, null, null);

  /**
   * @throws BridgeException LB-3005 where a limit is negative or no number
   */
  public Limits {
    check("--max-calls", calls == null || calls >= 0, calls);
    check("--max-tokens", tokens == null || tokens >= 0, tokens);
    check("--max-usd", usd == null || (usd >= 0 && Double.isFinite(usd)), usd);
  }

  private static void check(String option, boolean good, @Nullable Number value) {
    if (!good) {
      throw new BridgeException(
          ModelError.LIMIT_INVALID,
          "The limit is negative or no number",
          option + " " + value,
          "Give a number of 0 or more, or leave it out for no limit.");
    }
  }
}
