package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.optimize.OptimizationJob;

/** A way to search. What it found is the workbench's best. */
interface EngineSearch {
  Plan plan(OptimizationJob job);

  /**
   * What it will do.
   *
   * @param description its name and settings, in one line
   * @param remembers whether a prompt is run on a task once and then looked up
   * @param calls rollouts, critiques and edits at most
   */
  record Plan(String description, boolean remembers, long calls) {}

  /**
   * @throws SearchStopped where the budget is used up or the run cancelled
   */
  void search(OptimizationJob job, Workbench bench, Choices choices) throws SearchStopped;
}
