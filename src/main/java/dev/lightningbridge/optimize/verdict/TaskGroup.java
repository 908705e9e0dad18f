package dev.lightningbridge.optimize.verdict;

import org.jspecify.annotations.Nullable;

/**
 * What the sealed test measured on the tasks of one tag. Rewards are 0 to 1.
 *
 * @param tag null for the tasks without one
 * @param n tasks on which both prompts have a reward
 * @param pWorse one-sided, of the {@link SignFlips} for a winner that is worse
 */
public record TaskGroup(
    @Nullable String tag,
    int n,
    double baselineMean,
    double winnerMean,
    double pWorse,
    Finding finding) {

  /** What the test says of a loss, all groups considered together. */
  public enum Finding {
    /** Worse, and not by chance. */
    LOSS,
    NO_LOSS_SHOWN,
    /** Has too few tasks: whatever their rewards, they could not show a loss. */
    TOO_SMALL
  }

  TaskGroup with(Finding other) {
    return new TaskGroup(tag, n, baselineMean, winnerMean, pWorse, other);
  }
}
