package dev.lightningbridge.optimize;

import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.grading.Grade;
import dev.lightningbridge.grading.Grader;

/** A grader of tests: the output is the reward. */
public final class ByOutput implements Grader {
  @Override
  public String name() {
    return "output";
  }

  @Override
  public Grade grade(Task task, String output) {
    return new Grade(Double.parseDouble(output), "");
  }
}
