package dev.lightningbridge.runs;

import dev.lightningbridge.model.Spend;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of a run, or of a test of a judge, took.
 *
 * @param turnedDown calls that the endpoint turned down; they are not among {@code calls}
 * @param priceKnown whether the price of each model that was called is known; else {@code usd} is
 *     what the endpoint stated; null where an earlier version kept the result
 */
public record CallsSpent(
    long calls, long tokens, double usd, long turnedDown, @Nullable Boolean priceKnown) {
  public static CallsSpent of(Spend spend, boolean priceKnown) {
    return new CallsSpent(
        spend.calls(),
        spend.tokens(),
        spend.usd(),
        spend.turnedDown(),
        spend.calls() == 0 || priceKnown);
  }
}
