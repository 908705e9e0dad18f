package dev.lightningbridge.dataset;

import dev.lightningbridge.corpus.Corpus;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Brings the sources of tasks together. */
public final class Tasks {
  private Tasks() {}

  /** What people put in the database's test cases and context examples for a session. */
  public static List<Task> provided(Corpus corpus, String sessionId) {
    return merged(
        List.of(
            corpus.testCases().stream()
                .filter(c -> c.sessionId().equals(sessionId) && !c.input().isBlank())
                .map(
                    c ->
                        new Task(
                            c.id(),
                            c.input(),
                            c.expected() == null || c.expected().isBlank() ? null : c.expected(),
                            List.of(),
                            sessionId,
                            TaskSource.PROVIDED))
                .toList()));
  }

  /**
   * Every task once, by distinct input; where several sources have one, the first source's counts.
   * A task whose id was used by another input gets its input's id.
   */
  public static List<Task> merged(List<List<Task>> sources) {
    Map<InputKey, Task> byInput = new LinkedHashMap<>();
    Set<String> ids = new HashSet<>();
    for (List<Task> source : sources) {
      for (Task task : source) {
        InputKey key = InputKey.of(task.input());
        if (!byInput.containsKey(key)) {
          byInput.put(key, ids.add(task.id()) ? task : withId(task, key.taskId()));
        }
      }
    }
    return List.copyOf(byInput.values());
  }

  private static Task withId(Task task, String id) {
    return new Task(
        id,
        task.input(),
        task.expected(),
        task.checks(),
        task.sessionId(),
        task.source(),
        task.tag(),
        task.shape());
  }
}
