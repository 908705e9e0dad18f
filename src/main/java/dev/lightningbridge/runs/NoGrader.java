package dev.lightningbridge.runs;

import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.grading.Grade;
import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.model.ModelException;

/** Grades nothing: for trainers that need no reward, where no judge was named. */
final class NoGrader implements Grader {
  @Override
  public String name() {
    return "none";
  }

  @Override
  public boolean exact() {
    return false;
  }

  @Override
  public Grade grade(Task task, String output) throws ModelException {
    throw new ModelException(ModelException.Kind.BAD_REQUEST, "the run has no grader");
  }
}
