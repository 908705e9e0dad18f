package dev.lightningbridge.optimize;

import dev.lightningbridge.common.Interval;
import java.util.Arrays;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/**
 * What the sealed test measured. Rewards are 0 to 1.
 *
 * @param n tasks on which both prompts have a reward
 * @param difference winnerMean − baselineMean
 * @param sd standard deviation of the differences, task by task; 0 with one task
 * @param ci 95 % interval of the mean difference by Student's t, cut to what is possible
 * @param p one-sided, of the {@link SignFlipTest}
 * @param detectableEffect see {@link Power}; null where the tasks are too few or never differ
 * @param better tasks on which the winner does better; {@code worse} and the rest likewise
 * @param excluded tasks left out since model, network or grader failed
 */
public record TestResult(
    int n,
    double baselineMean,
    double winnerMean,
    double difference,
    double sd,
    Interval ci,
    double p,
    @Nullable Double detectableEffect,
    int better,
    int worse,
    int excluded) {

  /**
   * Compares rewards, task by task.
   *
   * @param baseline at least one; {@code winner} the rewards on the same tasks
   * @param seed of the test, where it draws patterns
   */
  public static TestResult of(double[] baseline, double[] winner, int excluded, long seed) {
    if (baseline.length != winner.length || baseline.length == 0) {
      throw new IllegalArgumentException(
          "not pairs: %d and %d rewards".formatted(baseline.length, winner.length));
    }
    int n = baseline.length;
    double[] differences = new double[n];
    Arrays.setAll(differences, i -> winner[i] - baseline[i]);
    double mean = Mean.of(differences).getAsDouble();
    double sd = n == 1 ? 0 : StandardDeviation.of(differences).getAsDouble();
    var detectable = Power.detectableEffect(n, sd);
    return new TestResult(
        n,
        Mean.of(baseline).getAsDouble(),
        Mean.of(winner).getAsDouble(),
        mean,
        sd,
        interval(n, mean, sd),
        SignFlipTest.pValue(differences, seed),
        detectable.isPresent() ? detectable.getAsDouble() : null,
        (int) Arrays.stream(differences).filter(d -> d > 0).count(),
        (int) Arrays.stream(differences).filter(d -> d < 0).count(),
        excluded);
  }

  private static Interval interval(int n, double mean, double sd) {
    if (n == 1) {
      return new Interval(-1, 1);
    }
    double half = TDistribution.of(n - 1).inverseSurvivalProbability(0.025) * sd / Math.sqrt(n);
    return new Interval(Math.max(-1, mean - half), Math.min(1, mean + half));
  }
}
