package dev.lightningbridge.grading;

import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that a chosen rule can grade, and the captured ones that it cannot: nobody has written what
 * they expect, so they are no mistake and are left out. Of tasks that people gave none is, and none
 * at all where nothing would be left.
 */
public record Gradable(GraderChoice choice, List<Task> tasks, List<Task> left) {
  private static final int TOLD = 3;

  public static Gradable of(GraderChoice choice, List<Task> all) {
    Rules rules = rules(choice);
    List<Task> left =
        rules == null
            ? List.of()
            : all.stream()
                .filter(t -> t.source() == TaskSource.CAPTURED && rules.ways(t).isEmpty())
                .toList();
    return left.size() == all.size()
        ? new Gradable(choice, all, List.of())
        : new Gradable(choice, without(all, left), left);
  }

  private static List<Task> without(List<Task> all, List<Task> left) {
    Set<String> ids = left.stream().map(Task::id).collect(Collectors.toSet());
    return ids.isEmpty() ? all : all.stream().filter(t -> !ids.contains(t.id())).toList();
  }

  private static @Nullable Rules rules(GraderChoice choice) {
    return switch (choice) {
      case EXACT -> Rules.EXACT;
      case CONTAINS -> Rules.CONTAINS;
      case REGEX -> Rules.REGEX;
      case JSON -> Rules.JSON;
      case AUTO, JUDGE, PEOPLE -> null;
    };
  }

  /** A sentence on those that are left out; empty where none is. */
  public Optional<String> leftInWords() {
    if (left.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "%d captured input%s left out, since grader %s has nothing to compare outputs with: %s%s."
            .formatted(
                left.size(),
                left.size() == 1 ? " is" : "s are",
                choice.label(),
                left.stream()
                    .limit(TOLD)
                    .map(task -> Excerpt.line(task.input()))
                    .collect(Collectors.joining(", ")),
                left.size() > TOLD ? ", …" : ""));
  }
}
