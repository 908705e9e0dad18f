package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.dataset.Rollout;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A candidate's rollouts on some tasks, in the tasks' order. What the infrastructure failed on has
 * no reward and counts nowhere.
 */
record Evaluation(Candidate candidate, List<Rollout> rollouts) {
  /** The rollouts that have a reward. */
  List<Rollout> rewarded() {
    return rollouts.stream().filter(r -> r.reward().isPresent()).toList();
  }

  int failures() {
    return rollouts.size() - rewarded().size();
  }

  /** The mean reward, 0 to 1; NaN where there is none. */
  double mean() {
    return mean(rewarded());
  }

  /** The mean reward on these tasks, by id; NaN where there is none. */
  double meanOver(Set<String> taskIds) {
    return mean(rewarded().stream().filter(r -> taskIds.contains(r.task().id())).toList());
  }

  /** The tasks, by id, on which each of the evaluations has a reward. */
  static Set<String> commonTasks(Collection<Evaluation> evaluations) {
    Iterator<Evaluation> each = evaluations.iterator();
    Set<String> common = each.next().rewardedTasks();
    each.forEachRemaining(e -> common.retainAll(e.rewardedTasks()));
    return common;
  }

  private Set<String> rewardedTasks() {
    return rewarded().stream()
        .map(r -> r.task().id())
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static double mean(List<Rollout> rewarded) {
    return rewarded.stream()
        .mapToDouble(r -> r.reward().getAsDouble())
        .average()
        .orElse(Double.NaN);
  }
}
