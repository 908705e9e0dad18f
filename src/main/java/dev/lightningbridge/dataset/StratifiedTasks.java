package dev.lightningbridge.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * An order in which the first tasks expect each answer as often as all do (stratified sampling). A
 * prompt that leans to one answer would else be measured by how often that happens to be right.
 */
public final class StratifiedTasks {
  private StratifiedTasks() {}

  /**
   * Next comes an answer that is the furthest behind its share, and of tasks with it the first.
   *
   * @param all whose shares count
   */
  public static List<Task> inOrder(List<Task> tasks, List<Task> all) {
    Map<String, Long> shares =
        all.stream().collect(Collectors.groupingBy(StratifiedTasks::answer, Collectors.counting()));
    Map<String, Integer> taken = new HashMap<>();
    List<Task> left = new ArrayList<>(tasks);
    List<Task> order = new ArrayList<>();
    while (!left.isEmpty()) {
      Task next =
          Collections.min(
              left, Comparator.comparingDouble(task -> behind(answer(task), taken, shares)));
      left.remove(next);
      order.add(next);
      taken.merge(answer(next), 1, Integer::sum);
    }
    return order;
  }

  private static double behind(
      String answer, Map<String, Integer> taken, Map<String, Long> shares) {
    return (taken.getOrDefault(answer, 0) + 0.5) / shares.getOrDefault(answer, 1L);
  }

  private static String answer(Task task) {
    return Objects.requireNonNullElse(task.expectedText(), "");
  }
}
