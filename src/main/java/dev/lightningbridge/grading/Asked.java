package dev.lightningbridge.grading;

import dev.lightningbridge.model.ModelException;

/** The way to a grader outside of this program. Thread-safe. */
interface Asked {
  /** How much it may answer, in bytes. */
  int MOST_BYTES = 1_000_000;

  /**
   * Its answer to one question, as it stands.
   *
   * @throws GradingException where there is none
   * @throws ModelException where the run is cancelled
   */
  String answer(String question) throws GradingException, ModelException, InterruptedException;
}
