package dev.lightningbridge.runs;

import dev.lightningbridge.model.Limits;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shares a night's budget out, so that all its runs together stay within it: each run gets its own
 * limit where the schedule sets one, else they get the same. Where that does not do for all, those
 * that come first get theirs.
 */
record NightShares(Limits night, Limits run) {
  /**
   * The limits of each run, for as many of these lineages, from the first on, as the night can pay.
   *
   * @param leastCalls of each lineage's run, without which it cannot come to a verdict
   */
  List<Limits> of(List<Long> leastCalls) {
    for (int runs = leastCalls.size(); runs > 0; runs--) {
      Limits each = each(runs);
      if (fits(runs) && pays(each, leastCalls.subList(0, runs))) {
        return Collections.nCopies(runs, each);
      }
    }
    return List.of();
  }

  private Limits each(int runs) {
    Double usd = night.usd() == null ? null : night.usd() / runs;
    return new Limits(
        least(run.calls(), part(night.calls(), runs)),
        least(run.tokens(), part(night.tokens(), runs)),
        least(run.usd(), usd));
  }

  private static @Nullable Long part(@Nullable Long whole, int runs) {
    return whole == null ? null : whole / runs;
  }

  private static <T extends Comparable<T>> @Nullable T least(@Nullable T one, @Nullable T other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }

  /** One run alone may also have less than its own limit: what the night has. */
  private boolean fits(int runs) {
    return runs == 1
        || (fits(runs, run.calls(), night.calls())
            && fits(runs, run.tokens(), night.tokens())
            && fits(runs, run.usd(), night.usd()));
  }

  private static boolean fits(int runs, @Nullable Number each, @Nullable Number whole) {
    return each == null || whole == null || runs * each.doubleValue() <= whole.doubleValue();
  }

  private static boolean pays(Limits each, List<Long> leastCalls) {
    Long calls = each.calls();
    return calls == null || leastCalls.stream().allMatch(least -> least <= calls);
  }
}
