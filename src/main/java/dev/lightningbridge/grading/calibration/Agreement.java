package dev.lightningbridge.grading.calibration;

import dev.lightningbridge.common.Interval;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleBiFunction;

/**
 * How well scores agree with those of people.
 *
 * @param n outputs compared
 * @param rho Spearman's rank correlation: are they in the same order?
 * @param kappa Cohen's kappa with quadratic weights: are they the same? 0 is chance, 1 is perfect
 * @param mae mean absolute error, in points of the scale from 1 to 10
 */
public record Agreement(int n, Estimate rho, Estimate kappa, Estimate mae) {
  private static final int RESAMPLES = 2_000;

  /**
   * A figure with its 95 % interval by the percentile bootstrap over the outputs (Efron and
   * Tibshirani, 1993).
   */
  public record Estimate(double value, Interval interval) {}

  /**
   * @param people scores by people; {@code others} those compared, for the same outputs
   * @param seed of the resampling
   */
  public static Agreement of(double[] people, double[] others, long seed) {
    if (people.length != others.length || people.length == 0) {
      throw new IllegalArgumentException(
          "not pairs: %d and %d scores".formatted(people.length, others.length));
    }
    return new Agreement(
        people.length,
        estimate(people, others, Scores::spearman, seed),
        estimate(people, others, Scores::weightedKappa, seed),
        estimate(people, others, Scores::meanAbsoluteError, seed));
  }

  private static Estimate estimate(
      double[] people, double[] others, ToDoubleBiFunction<double[], double[]> figure, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = people.length;
    double[] figures = new double[RESAMPLES];
    double[] a = new double[n];
    double[] b = new double[n];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      for (int i = 0; i < n; i++) {
        int drawn = random.nextInt(n);
        a[i] = people[drawn];
        b[i] = others[drawn];
      }
      figures[resample] = figure.applyAsDouble(a, b);
    }
    Arrays.sort(figures);
    int tail = (int) (0.025 * RESAMPLES);
    return new Estimate(
        figure.applyAsDouble(people, others),
        new Interval(figures[tail], figures[RESAMPLES - 1 - tail]));
  }
}
