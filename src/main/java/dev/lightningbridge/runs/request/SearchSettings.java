package dev.lightningbridge.runs.request;

import dev.lightningbridge.optimize.ApoSettings;

/**
 * How a prompt is searched for, on which tasks and by which grader; see {@link SearchChoice} for
 * what is usual.
 *
 * @param grader as in {@link OptimizeRequest}, like the others
 */
public record SearchSettings(
    EngineChoice engine,
    SearchStrategy strategy,
    String grader,
    ApoSettings settings,
    int validationTasks,
    int synthesize,
    long seed,
    long splitSeed,
    boolean humanNotes) {
  public SearchSettings {
    if (validationTasks < 1) {
      throw new IllegalArgumentException("there must be validation tasks, not " + validationTasks);
    }
    if (synthesize < 0) {
      throw new IllegalArgumentException("there cannot be fewer than 0 synthetic tasks");
    }
  }
}
