package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.dataset.Task;
import java.util.Arrays;
import java.util.List;

/**
 * How far a candidate is ahead of another on the tasks that both have a reward for.
 *
 * @param candidate the one that is ahead, or behind
 * @param tasks how many those are
 * @param differing on how many of them they have different rewards
 * @param mean the mean difference of their rewards
 * @param error its standard error, with a deviation of at least {@link #LEAST_DEVIATION}, so that a
 *     few equal differences do not look certain
 */
record Lead(Candidate candidate, int tasks, int differing, double mean, double error) {
  private static final double LEAST_DEVIATION = 0.10;

  static Lead of(Candidate one, Candidate other, List<Task> tasks, Rollouts rollouts) {
    double[] differences =
        tasks.stream()
            .filter(task -> rollouts.reward(one, task).isPresent())
            .filter(task -> rollouts.reward(other, task).isPresent())
            .mapToDouble(task -> rewardOf(one, task, rollouts) - rewardOf(other, task, rollouts))
            .toArray();
    int n = differences.length;
    double mean = Arrays.stream(differences).average().orElse(0);
    double squares = 0;
    for (double difference : differences) {
      squares += (difference - mean) * (difference - mean);
    }
    double deviation = Math.max(LEAST_DEVIATION, Math.sqrt(squares / Math.max(1, n - 1)));
    int differing = (int) Arrays.stream(differences).filter(d -> d != 0).count();
    return new Lead(one, n, differing, mean, deviation / Math.sqrt(Math.max(1, n)));
  }

  private static double rewardOf(Candidate candidate, Task task, Rollouts rollouts) {
    return rollouts.reward(candidate, task).orElseThrow();
  }
}
