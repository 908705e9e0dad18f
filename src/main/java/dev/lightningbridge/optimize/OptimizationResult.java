package dev.lightningbridge.optimize;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an engine found.
 *
 * @param prompt the best prompt by validation; the seed prompt where nothing was better
 * @param validationScore its mean reward on the validation tasks, 0 to 1; NaN where none was
 *     measured
 * @param remarks what should be known of the search, each a sentence
 */
public record OptimizationResult(
    String prompt, double validationScore, StopReason stopReason, List<String> remarks) {
  /** Of a search of which nothing else is to be said. */
  public OptimizationResult(String prompt, double validationScore, StopReason stopReason) {
    this(prompt, validationScore, stopReason, List.of());
  }

  /** This, with more to be known. */
  public OptimizationResult withRemarks(List<String> more) {
    return new OptimizationResult(
        prompt,
        validationScore,
        stopReason,
        Stream.concat(remarks.stream(), more.stream()).toList());
  }

  /** Why the search ended. */
  public enum StopReason {
    FINISHED,
    BUDGET_EXHAUSTED,
    CANCELLED
  }
}
