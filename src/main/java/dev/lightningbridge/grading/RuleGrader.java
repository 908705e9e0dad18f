package dev.lightningbridge.grading;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.dataset.Task;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Grades by rules: the reward is the share of the task's criteria that the output meets, and the
 * feedback names those that it does not.
 */
final class RuleGrader implements Grader {
  private final String name;
  private final Rules rules;

  RuleGrader(String name, Rules rules) {
    this.name = name;
    this.rules = rules;
  }

  @Override
  public String name() {
    return name;
  }

  /**
   * The task's criteria, at least one.
   *
   * @throws BridgeException where the task has none, or a bad one
   */
  List<Criterion> criteria(Task task) {
    List<Criterion> criteria = rules.of(task);
    if (criteria.isEmpty()) {
      throw new BridgeException(
          GradingError.TASK_DOES_NOT_FIT,
          "the task has nothing that the grader %s could compare with".formatted(name),
          "task " + task.id(),
          "Give it an expected output or checks in --tasks, or choose --grader judge.");
    }
    return criteria;
  }

  @Override
  public Grade grade(Task task, String output) {
    List<Criterion> all = criteria(task);
    ReadOutput read = ReadOutput.of(output);
    List<String> faults =
        all.stream().map(criterion -> criterion.fault(read)).flatMap(Optional::stream).toList();
    if (faults.isEmpty()) {
      return new Grade(1, "All as expected.");
    }
    int met = all.size() - faults.size();
    return new Grade(
        (double) met / all.size(),
        "%d of %d as expected. Wrong: %s."
            .formatted(
                met, all.size(), faults.stream().distinct().collect(Collectors.joining("; "))));
  }
}
