package dev.lightningbridge.grading;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import java.util.List;
import java.util.function.Function;

/** Which grader {@link GraderChoice#AUTO} comes to, and which task decided it. */
public final class AutoWords {
  private AutoWords() {}

  /**
   * A sentence.
   *
   * @param model whether there is one that could be the judge
   * @param places where a task stands, to stand in a sentence, such as {@code line 3 of FILE}
   */
  public static String of(List<Task> tasks, boolean model, Function<Task, String> places) {
    List<Task> lacking = tasks.stream().filter(t -> Rules.AUTO.ways(t).isEmpty()).toList();
    if (tasks.isEmpty() || lacking.isEmpty()) {
      return tasks.isEmpty()
          ? "There are no tasks yet, so grader auto is the judge."
          : "Grader auto is %s: %s an expected output or checks."
              .formatted(
                  Rules.nameOfAuto(tasks),
                  tasks.size() == 1
                      ? "the only task has"
                      : "all " + Figures.count(tasks.size()) + " tasks have");
    }
    Task first = lacking.getFirst();
    String grader = model ? "the judge" : "nobody, since there is no model to judge";
    return "Grader auto is %s: %s has neither an expected output nor checks (%s)%s."
            .formatted(
                grader, places.apply(first), Excerpt.line(first.input()), others(tasks, lacking))
        + withoutCaptured(tasks);
  }

  /** Where the captured inputs alone keep a rule from grading. */
  private static String withoutCaptured(List<Task> tasks) {
    List<Task> given = tasks.stream().filter(t -> t.source() != TaskSource.CAPTURED).toList();
    return given.isEmpty() || given.stream().anyMatch(t -> Rules.AUTO.ways(t).isEmpty())
        ? ""
        : " With the given tasks alone it would be %s.".formatted(Rules.nameOfAuto(given));
  }

  private static String others(List<Task> tasks, List<Task> lacking) {
    int have = tasks.size() - lacking.size();
    return have == 0
        ? "; nor has any other task"
        : "; %s of %s tasks have".formatted(Figures.count(have), Figures.count(tasks.size()));
  }
}
