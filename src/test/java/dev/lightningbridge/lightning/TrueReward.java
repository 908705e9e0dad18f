package dev.lightningbridge.lightning;

import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.grading.Grade;
import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.model.sandbox.SandboxTruth;

/** Grades by what the sandbox hides from its models. */
record TrueReward(SandboxTruth truth) implements Grader {
  @Override
  public String name() {
    return "truth";
  }

  @Override
  public Grade grade(Task task, String output) {
    return new Grade(
        truth.trueReward(task.input(), output),
        String.join(" ", truth.violated(task.input(), output)));
  }
}
