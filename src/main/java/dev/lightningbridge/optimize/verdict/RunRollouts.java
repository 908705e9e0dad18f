package dev.lightningbridge.optimize.verdict;

import java.util.List;

/**
 * What became of a run's rollouts.
 *
 * @param search those before the sealed test, of all candidates
 * @param baseline of the current prompt, or the base model, on the sealed test
 * @param winner likewise
 */
public record RunRollouts(RolloutCounts search, RolloutCounts baseline, RolloutCounts winner) {
  public static final RunRollouts NONE =
      new RunRollouts(RolloutCounts.NONE, RolloutCounts.NONE, RolloutCounts.NONE);

  /** Of a run that ended with these pairs. */
  public static RunRollouts of(RolloutCounts search, List<PairedRollout> pairs) {
    TestRollouts test = TestRollouts.of(pairs);
    return new RunRollouts(search, test.baseline(), test.winner());
  }

  /** All together. */
  public RolloutCounts all() {
    return search.plus(baseline).plus(winner);
  }
}
