package dev.lightningbridge.grading;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.dataset.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What gives the outputs of a run their rewards. It is decided here, and nowhere else. */
public sealed interface GradedBy {
  /** A rule, the same for every output. */
  record Rule(Grader grader) implements GradedBy {}

  /** A model's opinion, which a verdict rests on only where it agrees with people. */
  record Judge() implements GradedBy {}

  /** A grader of the user's outside of this program, whatever the tasks have. */
  record External(ExternalGrader grader) implements GradedBy {}

  /** Only a judge could grade, and there is no model to be one. */
  record Nobody() implements GradedBy {}

  /**
   * What a choice means for these tasks. All of them are read here, so that what is wrong with one
   * shows before the first model call. {@link GraderChoice#AUTO} grades by rule where every task
   * has an expected output or checks (a task's checks count before its expected output, and an
   * expected JSON object by its members), else by the judge.
   *
   * @param external the grader that was named in place of a choice; null where none was
   * @param tasks every task that the run will grade, of all splits
   * @param model whether the run has a model that could be the judge
   * @throws BridgeException where a task has nothing that the chosen grader could compare with, or
   *     a pattern or JSON that cannot be read
   */
  static GradedBy of(
      GraderChoice choice, @Nullable ExternalGrader external, List<Task> tasks, boolean model) {
    if (external != null) {
      return new External(external);
    }
    return switch (choice) {
      case JUDGE -> judge(model);
      case EXACT -> ruled(choice.label(), Rules.EXACT, tasks);
      case CONTAINS -> ruled(choice.label(), Rules.CONTAINS, tasks);
      case REGEX -> ruled(choice.label(), Rules.REGEX, tasks);
      case JSON -> ruled(choice.label(), Rules.JSON, tasks);
      case AUTO, PEOPLE ->
          tasks.isEmpty() || tasks.stream().anyMatch(task -> Rules.AUTO.ways(task).isEmpty())
              ? judge(model)
              : ruled(Rules.nameOfAuto(tasks), Rules.AUTO, tasks);
    };
  }

  private static GradedBy judge(boolean model) {
    return model ? new Judge() : new Nobody();
  }

  private static GradedBy ruled(String name, Rules rules, List<Task> tasks) {
    RuleGrader grader = new RuleGrader(name, rules);
    tasks.forEach(grader::ways);
    return new Rule(grader);
  }
}
