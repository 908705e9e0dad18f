package dev.lightningbridge.model;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Figures;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * The first limit that so much passes, in words such as "160 calls (--max-calls)"; null for none.
   */
  public @Nullable String passedBy(Spend spend) {
    if (calls != null && spend.calls() > calls) {
      return Figures.counted(calls, "call") + " (--max-calls)";
    }
    if (tokens != null && spend.tokens() > tokens) {
      return Figures.count(tokens) + " tokens (--max-tokens)";
    }
    return usd != null && spend.usd() > usd ? Figures.usd(usd) + " USD (--max-usd)" : null;
  }

  /** By how much so much passes the limits, in words; empty where it does not. */
  public String beyond(Spend spend) {
    List<String> parts = new ArrayList<>();
    if (tokens != null && spend.tokens() > tokens) {
      parts.add(Figures.count(spend.tokens() - tokens) + " tokens");
    }
    if (usd != null && spend.usd() > usd) {
      parts.add(Figures.usd(spend.usd() - usd) + " USD");
    }
    return String.join(" and ", parts);
  }
}
