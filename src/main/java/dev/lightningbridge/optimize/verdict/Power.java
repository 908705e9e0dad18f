package dev.lightningbridge.optimize.verdict;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * What a number of test tasks can show: the mean difference that the verdict's test finds with a
 * probability of 80 %. Worked out by the sample-size formula of the paired one-sided t test,
 * (t₁₋level + t₀.₈₀) · sd / √n, which the sign-flip test follows closely from five tasks on.
 */
public final class Power {
  /** The spread of differences between two prompts to reckon with before any was measured. */
  public static final double TYPICAL_SD = 0.3;

  private static final double POWER = 0.8;
  private static final int MOST_TASKS = 10_000;

  private Power() {}

  /**
   * The smallest mean difference of rewards that so many tasks show reliably; empty where they are
   * too few to show any, or the spread is not known.
   *
   * @param sd standard deviation of the differences, task by task
   * @param level of the test, one-sided
   */
  public static OptionalDouble detectableEffect(int tasks, double sd, double level) {
    if (tasks < SignFlips.fewestTasks(level) || !(sd > 0)) {
      return OptionalDouble.empty();
    }
    TDistribution t = TDistribution.of(tasks - 1);
    double distance = t.inverseSurvivalProbability(level) + t.inverseCumulativeProbability(POWER);
    return OptionalDouble.of(distance * sd / Math.sqrt(tasks));
  }

  /** The smallest number of tasks that shows the effect reliably; empty beyond 10,000. */
  public static OptionalInt tasksNeeded(double effect, double sd, double level) {
    return tasksNeeded(effect, sd, tasks -> level);
  }

  /**
   * The smallest number of tasks that shows the effect reliably; empty beyond 10,000.
   *
   * @param level by the number of tasks; it never falls with more of them
   */
  public static OptionalInt tasksNeeded(double effect, double sd, IntToDoubleFunction level) {
    if (!(effect > 0)) {
      return OptionalInt.empty();
    }
    int low = 1;
    int high = MOST_TASKS + 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isEnough(middle, effect, sd, level.applyAsDouble(middle))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low > MOST_TASKS ? OptionalInt.empty() : OptionalInt.of(low);
  }

  private static boolean isEnough(int tasks, double effect, double sd, double level) {
    return tasks >= SignFlips.fewestTasks(level)
        && detectableEffect(tasks, sd, level).orElse(0) <= effect;
  }
}
