package dev.lightningbridge.runs.people;

import dev.lightningbridge.runs.EvidenceStore;
import dev.lightningbridge.runs.TaskEvidence;
import java.util.Comparator;
import java.util.List;

/**
 * The outputs of a run's sealed test as people can compare them.
 *
 * @param all what the test rests on
 * @param different tasks that both prompts answered, each with another output, by their ids
 */
record TestedOutputs(List<TaskEvidence> all, List<TaskEvidence> different) {
  static TestedOutputs of(EvidenceStore evidence, String runId) {
    List<TaskEvidence> all = evidence.of(runId);
    return new TestedOutputs(
        all,
        all.stream()
            .filter(task -> task.baseline().failure() == null && task.winner().failure() == null)
            .filter(task -> !isSame(task))
            .sorted(Comparator.comparing(TaskEvidence::taskId))
            .toList());
  }

  /** On how many tasks both prompts gave the same output. */
  int same() {
    return (int) all.stream().filter(TestedOutputs::isSame).count();
  }

  TaskEvidence task(String id) {
    return different.stream().filter(task -> task.taskId().equals(id)).findFirst().orElseThrow();
  }

  private static boolean isSame(TaskEvidence task) {
    return task.baseline().output().strip().equals(task.winner().output().strip());
  }
}
