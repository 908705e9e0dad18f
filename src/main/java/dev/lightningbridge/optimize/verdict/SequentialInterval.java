package dev.lightningbridge.optimize.verdict;

import dev.lightningbridge.common.Interval;
import java.util.Arrays;

/**
 * The interval that belongs to the {@link SequentialBounds}: all mean differences that its looks so
 * far, in either direction, do not speak against. It is valid wherever the test ends (a repeated
 * confidence interval, Jennison and Turnbull, 1989), wider than that of a single look at the same
 * tasks, and its lower end is above 0 if and only if the test is passed.
 */
final class SequentialInterval {
  private static final double NEAR_ENOUGH = 1.0 / 4096;

  private SequentialInterval() {}

  /**
   * The interval, cut to what a difference of rewards can be.
   *
   * @param differences by the order of the tasks, NaN where one is left out
   * @param planned tasks
   * @param level one-sided; the confidence is 1 − 2 · level
   */
  static Interval of(double[] differences, int planned, double level) {
    double[] turned = Arrays.stream(differences).map(d -> 0 - d).toArray();
    double low = low(differences, planned, level);
    return new Interval(low, Math.max(low, 0 - low(turned, planned, level)));
  }

  private static double low(double[] differences, int planned, double level) {
    boolean passed = isAgainst(0, differences, planned, level);
    if (!passed && !isAgainst(-1, differences, planned, level)) {
      return -1;
    }
    double against = passed ? 0 : -1;
    double borne = passed ? 1 : 0;
    while (borne - against > NEAR_ENOUGH) {
      double middle = (against + borne) / 2;
      if (isAgainst(middle, differences, planned, level)) {
        against = middle;
      } else {
        borne = middle;
      }
    }
    return borne;
  }

  /** Whether the test speaks against a mean difference as small as this. */
  private static boolean isAgainst(double mean, double[] differences, int planned, double level) {
    SequentialBounds test = new SequentialBounds(planned, level);
    for (double difference : differences) {
      test.add(difference - mean);
      if (test.passed()) {
        return true;
      }
    }
    return false;
  }
}
