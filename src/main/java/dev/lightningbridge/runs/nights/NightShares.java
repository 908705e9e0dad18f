package dev.lightningbridge.runs.nights;

import dev.lightningbridge.model.Limits;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shares a night's budget out, so that all its runs together stay within it: each run gets its own
 * limit where the schedule sets one, else they get the same. It goes to as many of them as it
 * serves well, those that come first; one alone gets it also where that is less.
 */
record NightShares(Limits night, Limits run) {
  /**
   * Calls that a run takes.
   *
   * @param least without which it cannot come to a verdict
   * @param well with which its search is more than a try; not below {@code least}
   */
  record Need(long least, long well) {
    static Need of(long least, long well) {
      return new Need(least, Math.max(least, well));
    }
  }

  /**
   * The limits of each run, for as many of these lineages, from the first on, as the night serves.
   */
  List<Limits> of(List<Need> needs) {
    for (int runs = needs.size(); runs > 0; runs--) {
      Limits each = each(runs);
      if (fits(runs) && serves(each, needs.subList(0, runs))) {
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

  /** A run's own limit is what the user holds to be enough, if it pays a verdict. */
  private boolean serves(Limits each, List<Need> needs) {
    Long calls = each.calls();
    if (calls == null) {
      return true;
    }
    boolean own = calls.equals(run.calls());
    return needs.stream()
        .allMatch(need -> (own || needs.size() == 1 ? need.least() : need.well()) <= calls);
  }

  /**
   * What a further run may spend, where the night has enough left for it; null where it has not.
   *
   * @param taken what the runs so far have spent, or may yet
   * @param needed calls of the further run
   */
  @Nullable Limits rest(Night.Spent taken, long needed) {
    Long calls = night.calls() == null ? null : night.calls() - taken.calls();
    Long tokens = night.tokens() == null ? null : night.tokens() - taken.tokens();
    Double usd = night.usd() == null ? null : night.usd() - taken.usd();
    // Of tokens and dollars nobody knows what is needed: the same part of the night as of calls.
    double part = night.calls() == null ? 1 : (double) needed / night.calls();
    boolean enough =
        enough(calls, run.calls(), (double) needed)
            && enough(tokens, run.tokens(), part * amount(night.tokens()))
            && enough(usd, run.usd(), part * amount(night.usd()));
    return enough
        ? new Limits(least(run.calls(), calls), least(run.tokens(), tokens), least(run.usd(), usd))
        : null;
  }

  private static boolean enough(@Nullable Number left, @Nullable Number own, double needed) {
    return left == null
        || (left.doubleValue() > 0
            && left.doubleValue() >= (own == null ? needed : Math.min(needed, own.doubleValue())));
  }

  private static double amount(@Nullable Number limit) {
    return limit == null ? 0 : limit.doubleValue();
  }
}
