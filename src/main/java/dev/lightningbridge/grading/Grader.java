package dev.lightningbridge.grading;

import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ModelException;

/** Turns an output into a reward. Thread-safe. */
public interface Grader {
  /** exact, contains, regex, json, checks (each task by what it has) or judge. */
  String name();

  /**
   * @throws ModelException where a model is needed and has no usable answer
   */
  Grade grade(Task task, String output) throws ModelException;
}
