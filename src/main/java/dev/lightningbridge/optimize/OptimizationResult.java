package dev.lightningbridge.optimize;

/**
 * What an engine found.
 *
 * @param prompt the best prompt by validation; the seed prompt where nothing was better
 * @param validationScore its mean reward on the validation tasks, 0 to 1; NaN where none was
 *     measured
 */
public record OptimizationResult(String prompt, double validationScore, StopReason stopReason) {
  /** Why the search ended. */
  public enum StopReason {
    FINISHED,
    BUDGET_EXHAUSTED,
    CANCELLED
  }
}
