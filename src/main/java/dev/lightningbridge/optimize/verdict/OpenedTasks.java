package dev.lightningbridge.optimize.verdict;

import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.split.Rewordings;
import dev.lightningbridge.dataset.split.Wording;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The sealed tasks that an agent's tests have opened so far. A task is named by the first wording
 * of it that was opened: whoever words his tasks anew, or changes them a little each night, has no
 * fresh ones ({@link Rewordings}).
 */
public final class OpenedTasks {
  private final List<Set<String>> tests;
  private final Map<InputKey, Task> tasks = new HashMap<>();

  /**
   * @param tests the names of each test's tasks
   * @param tasks what was opened, each wording once
   */
  public OpenedTasks(List<Set<String>> tests, Collection<Task> tasks) {
    this.tests = List.copyOf(tests);
    tasks.forEach(task -> this.tasks.put(task.wording().key(), task));
  }

  /**
   * A task as it was worded.
   *
   * @param names its own id, or those of the earlier wordings that it is nearly the same as
   */
  public record Task(Wording wording, Set<String> names) {
    boolean isIn(Set<String> test) {
      return names.stream().anyMatch(test::contains);
    }
  }

  /** How many tests there were. */
  public int tests() {
    return tests.size();
  }

  /** Whether this wording was opened. */
  public boolean has(InputKey key) {
    return tasks.containsKey(key);
  }

  /** Names the tasks of a test. */
  public List<Task> named(Collection<Wording> sealed) {
    List<Wording> unseen = sealed.stream().filter(wording -> !has(wording.key())).toList();
    Map<InputKey, Set<InputKey>> earlier =
        unseen.isEmpty() || tasks.isEmpty()
            ? Map.of()
            : Rewordings.of(unseen, tasks.values().stream().map(Task::wording).toList());
    return sealed.stream()
        .map(
            wording -> {
              Task before = tasks.get(wording.key());
              return before != null
                  ? before
                  : named(wording, earlier.getOrDefault(wording.key(), Set.of()));
            })
        .toList();
  }

  private Task named(Wording wording, Set<InputKey> earlier) {
    Set<String> names = new TreeSet<>();
    earlier.stream()
        .map(tasks::get)
        .filter(Objects::nonNull)
        .forEach(before -> names.addAll(before.names()));
    String own = wording.key().taskId();
    if (names.isEmpty() || tests.stream().anyMatch(test -> test.contains(own))) {
      names.add(own);
    }
    return new Task(wording, names);
  }

  /** How many of these tasks each test had opened. */
  public List<Integer> shared(Collection<Task> today) {
    return tests.stream()
        .map(test -> (int) today.stream().filter(task -> task.isIn(test)).count())
        .toList();
  }

  /** The names of these tasks, as a later test is to know them. */
  public static Set<String> names(Collection<Task> today) {
    return today.stream().flatMap(task -> task.names().stream()).collect(Collectors.toSet());
  }
}
