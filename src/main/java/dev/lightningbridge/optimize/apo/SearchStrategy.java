package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.optimize.OptimizationJob;

/** A way to search. What it found is the workbench's best. */
interface SearchStrategy {
  /** Its name and what it will do, in one line. */
  String describe(OptimizationJob job);

  /**
   * @throws SearchStopped where the budget is used up or the run cancelled
   */
  void search(OptimizationJob job, Workbench bench, Choices choices) throws SearchStopped;
}
