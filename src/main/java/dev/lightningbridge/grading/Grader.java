package dev.lightningbridge.grading;

import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ModelException;
import java.util.List;

/** Turns an output into a reward. Thread-safe. */
public interface Grader {
  /**
   * exact, contains, regex, json, checks (each task by what it has), judge, or what a grader
   * outside of this program is called.
   */
  String name();

  /**
   * @throws ModelException where a model is needed and has no usable answer
   * @throws GradingException where a grader outside of this program gave no grade
   */
  Grade grade(Task task, String output) throws ModelException, GradingException;

  /**
   * The same, for a grader that looks at the conversation too.
   *
   * @param messages the whole conversation, the output last; empty where it is not known
   */
  default Grade grade(Task task, String output, List<Message> messages)
      throws ModelException, GradingException {
    return grade(task, output);
  }
}
