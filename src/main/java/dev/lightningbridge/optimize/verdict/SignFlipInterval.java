package dev.lightningbridge.optimize.verdict;

import dev.lightningbridge.common.Interval;
import java.util.Arrays;
import java.util.Collections;
import java.util.PriorityQueue;

/**
 * The interval that belongs to the {@link SignFlips}: all mean differences that the test at this
 * level, in either direction, does not speak against. So its lower end is above 0 if and only if
 * the test is passed.
 *
 * <p>A pattern's sum is at least the observed one if and only if the mean of the differences that
 * it turns is at most the one supposed, so that the ends are subset means (Hartigan, 1969). Where
 * all patterns are counted they are found by halving; where they are drawn they are the means of
 * the same rank among the drawn ones.
 */
final class SignFlipInterval {
  private static final double NEAR_ENOUGH = 1e-9;

  private SignFlipInterval() {}

  /**
   * The interval, cut to what a difference of rewards can be.
   *
   * @param level one-sided; the confidence is 1 − 2 · level
   */
  static Interval of(double[] differences, double level, long seed) {
    double[] turned = Arrays.stream(differences).map(d -> 0 - d).toArray();
    return new Interval(low(differences, level, seed), 0 - low(turned, level, seed));
  }

  private static double low(double[] differences, double level, long seed) {
    return differences.length <= SignFlips.EXACT_UP_TO
        ? counted(differences, level)
        : drawn(differences, level, DrawnPatterns.enoughFor(level, seed));
  }

  private static double counted(double[] differences, double level) {
    boolean passed = SignFlips.counted(differences) <= level;
    double against = passed ? 0 : -1;
    double borne = passed ? 1 : 0;
    if (!passed && SignFlips.counted(less(differences, -1)) > level) {
      return -1;
    }
    while (borne - against > NEAR_ENOUGH) {
      double middle = (against + borne) / 2;
      if (SignFlips.counted(less(differences, middle)) <= level) {
        against = middle;
      } else {
        borne = middle;
      }
    }
    return borne;
  }

  private static double[] less(double[] differences, double mean) {
    return Arrays.stream(differences).map(d -> d - mean).toArray();
  }

  private static double drawn(double[] differences, double level, DrawnPatterns patterns) {
    int rank = (int) Math.floor(level * (patterns.count() + 1.0));
    if (rank == 0) {
      return -1;
    }
    double tie = SignFlips.tie(differences);
    PriorityQueue<Double> lowest = new PriorityQueue<>(rank + 1, Collections.reverseOrder());
    patterns.over(
        differences,
        (sum, turned) -> {
          double mean = turned == 0 ? -1 : Math.abs(sum) <= tie ? 0 : sum / turned;
          if (lowest.size() < rank) {
            lowest.add(mean);
          } else if (mean < lowest.element()) {
            lowest.remove();
            lowest.add(mean);
          }
        });
    return lowest.element();
  }
}
