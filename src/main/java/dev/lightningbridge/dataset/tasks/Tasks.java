package dev.lightningbridge.dataset.tasks;

import com.fasterxml.jackson.core.JsonToken;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.TestCase;
import dev.lightningbridge.dataset.Expected;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.InputShape;
import dev.lightningbridge.dataset.PromptPlaces;
import dev.lightningbridge.dataset.RawJson;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
                            expected(c),
                            List.of(),
                            sessionId,
                            TaskSource.PROVIDED,
                            c.tag()))
                .toList()));
  }

  private static @Nullable Expected expected(TestCase given) {
    String expected = given.expected();
    if (expected == null || expected.isBlank()) {
      return null;
    }
    return given.json() ? Expected.ofJson(expected).orElse(null) : Expected.ofText(expected);
  }

  /**
   * The tasks, of which those whose input is an object with a value for each place of the prompt
   * have these values. Their input stays the text that it is.
   */
  public static List<Task> withValues(List<Task> tasks, String prompt) {
    Set<String> places = PromptPlaces.in(prompt);
    return places.isEmpty() ? tasks : tasks.stream().map(t -> withValues(t, places)).toList();
  }

  private static Task withValues(Task task, Set<String> places) {
    if (task.shape() != null || !RawJson.isA(task.input(), JsonToken.START_OBJECT)) {
      return task;
    }
    try {
      InputShape shape = RawJson.isWhole(task.input()) ? GivenInput.of(task.input()).shape() : null;
      return shape instanceof InputShape.Values values
              && values.values().keySet().containsAll(places)
          ? new Task(
              task.id(),
              task.input(),
              task.expected(),
              task.checks(),
              task.sessionId(),
              task.source(),
              task.tag(),
              shape)
          : task;
    } catch (TaskJson.Invalid e) {
      return task; // An object that is no input is a text like others.
    }
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
