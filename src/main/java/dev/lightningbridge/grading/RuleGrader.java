package dev.lightningbridge.grading;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.dataset.Task;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Grades by rules: the reward is the share of the task's criteria that the output meets, and the
 * feedback names those that it does not. Where several outputs are right, the nearest counts.
 */
final class RuleGrader implements Grader {
  private static final int WAYS_TOLD = 5;

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
   * The ways to be right, at least one, each with at least one criterion.
   *
   * @throws BridgeException where the task has none, or a bad criterion
   */
  List<List<Criterion>> ways(Task task) {
    List<List<Criterion>> ways = rules.ways(task);
    if (ways.isEmpty()) {
      throw new BridgeException(
          GradingError.TASK_DOES_NOT_FIT,
          "the task has nothing that the grader %s could compare with".formatted(name),
          "task %s (%s)".formatted(task.id(), Excerpt.line(task.input())),
          "Give it an expected output or checks in --tasks, or choose --grader judge.");
    }
    return ways;
  }

  @Override
  public Grade grade(Task task, String output) {
    ReadOutput read = ReadOutput.of(output);
    List<Marks> marks = ways(task).stream().map(way -> Marks.of(way, read)).toList();
    double best = marks.stream().mapToDouble(Marks::reward).max().orElseThrow();
    if (best == 1) {
      return new Grade(1, "All as expected.");
    }
    List<Marks> nearest = marks.stream().filter(m -> m.reward() == best).toList();
    return new Grade(
        best,
        "%d of %d as expected. Wrong: %s."
            .formatted(
                nearest.getFirst().met(),
                nearest.getFirst().all(),
                nearest.stream()
                    .map(Marks::words)
                    .distinct()
                    .limit(WAYS_TOLD)
                    .collect(Collectors.joining("; or: "))));
  }

  /** What of one way an output meets. */
  private record Marks(int all, List<String> faults) {
    static Marks of(List<Criterion> way, ReadOutput output) {
      return new Marks(
          way.size(),
          way.stream()
              .map(criterion -> criterion.fault(output))
              .flatMap(Optional::stream)
              .toList());
    }

    int met() {
      return all - faults.size();
    }

    double reward() {
      return (double) met() / all;
    }

    String words() {
      return faults.stream().distinct().collect(Collectors.joining("; "));
    }
  }
}
