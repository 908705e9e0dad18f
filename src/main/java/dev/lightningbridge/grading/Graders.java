package dev.lightningbridge.grading;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.dataset.Task;
import java.util.List;
import java.util.function.Supplier;

/** Finds the grader that a choice means for a run's tasks. */
public final class Graders {
  private Graders() {}

  /**
   * The grader for these tasks. All of them are read here, so that what is wrong with one shows
   * before the first model call. {@link GraderChoice#AUTO} grades by rule where every task has an
   * expected output or checks (a task's checks count before its expected output, and an expected
   * JSON object by its members), else by the judge.
   *
   * @param tasks every task that the run will grade, of all splits
   * @param judge makes the judge; asked only where it is needed
   * @throws BridgeException where a task has nothing that the chosen grader could compare with, or
   *     a pattern or JSON that cannot be read
   */
  public static Grader forTasks(GraderChoice choice, List<Task> tasks, Supplier<Grader> judge) {
    return switch (choice) {
      case JUDGE -> judge.get();
      case EXACT -> ruled(choice.label(), Rules.EXACT, tasks);
      case CONTAINS -> ruled(choice.label(), Rules.CONTAINS, tasks);
      case REGEX -> ruled(choice.label(), Rules.REGEX, tasks);
      case JSON -> ruled(choice.label(), Rules.JSON, tasks);
      case AUTO ->
          tasks.isEmpty() || tasks.stream().anyMatch(task -> Rules.AUTO.of(task).isEmpty())
              ? judge.get()
              : ruled(Rules.nameOfAuto(tasks), Rules.AUTO, tasks);
    };
  }

  private static Grader ruled(String name, Rules rules, List<Task> tasks) {
    RuleGrader grader = new RuleGrader(name, rules);
    tasks.forEach(grader::criteria);
    return grader;
  }
}
