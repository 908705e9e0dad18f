package dev.lightningbridge.optimize.verdict;

import dev.lightningbridge.common.Interval;
import dev.lightningbridge.common.TestLevel;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.jspecify.annotations.Nullable;

/**
 * What the sealed test measured. Rewards are 0 to 1.
 *
 * @param n tasks on which both prompts have a reward
 * @param difference winnerMean − baselineMean
 * @param sd standard deviation of the differences, task by task; 0 with one task
 * @param ci interval of the mean difference, of the same test as p ({@link SignFlipInterval} or
 *     {@link SequentialInterval})
 * @param confidence of the interval, 0 to 1: 1 − 2 · level
 * @param p one-sided, of the {@link SignFlips}, or of the {@link SequentialBounds}
 * @param level that p must not be above, for the winner to be better
 * @param detectableEffect see {@link Power}; null where the tasks are too few or never differ, or
 *     the test ended early
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
    double confidence,
    double p,
    double level,
    @Nullable Double detectableEffect,
    int better,
    int worse,
    int excluded) {

  public TestResult {
    // Tests of before had one level, and an interval of its own.
    level = level == 0 ? Verdict.LEVEL : level;
    confidence = confidence == 0 ? TestLevel.CONFIDENCE : confidence;
  }

  /**
   * Compares rewards, task by task.
   *
   * @param baseline at least one; {@code winner} the rewards on the same tasks
   * @param level of the test, one-sided
   * @param seed of the test, where it draws patterns
   */
  public static TestResult of(
      double[] baseline, double[] winner, int excluded, double level, long seed) {
    if (baseline.length != winner.length || baseline.length == 0) {
      throw new IllegalArgumentException(
          "not pairs: %d and %d rewards".formatted(baseline.length, winner.length));
    }
    double[] differences = new double[baseline.length];
    Arrays.setAll(differences, i -> winner[i] - baseline[i]);
    return of(
        baseline,
        winner,
        differences,
        excluded,
        level,
        SignFlipInterval.of(differences, level, seed),
        SignFlips.pValue(differences, level, seed),
        false);
  }

  /**
   * Of a test that was looked at after each task.
   *
   * @param pairs by the order of the tasks, up to its end; at least one is comparable
   * @param planned tasks
   */
  static TestResult ofLooks(List<PairedRollout> pairs, int planned, double level) {
    double[] looks =
        pairs.stream().mapToDouble(pair -> pair.difference().orElse(Double.NaN)).toArray();
    SequentialBounds test = new SequentialBounds(planned, level);
    Arrays.stream(looks).forEach(test::add);
    List<PairedRollout> compared = pairs.stream().filter(PairedRollout::comparable).toList();
    return of(
        compared.stream().mapToDouble(p -> p.baseline().reward().orElseThrow()).toArray(),
        compared.stream().mapToDouble(p -> p.winner().reward().orElseThrow()).toArray(),
        Arrays.stream(looks).filter(d -> !Double.isNaN(d)).toArray(),
        pairs.size() - compared.size(),
        level,
        SequentialInterval.of(looks, planned, level),
        test.pValue(),
        pairs.size() < planned);
  }

  private static TestResult of(
      double[] baseline,
      double[] winner,
      double[] differences,
      int excluded,
      double level,
      Interval ci,
      double p,
      boolean endedEarly) {
    int n = differences.length;
    double sd = n == 1 ? 0 : StandardDeviation.of(differences).getAsDouble();
    OptionalDouble detectable =
        endedEarly ? OptionalDouble.empty() : Power.detectableEffect(n, sd, level);
    return new TestResult(
        n,
        Mean.of(baseline).getAsDouble(),
        Mean.of(winner).getAsDouble(),
        Mean.of(differences).getAsDouble(),
        sd,
        ci,
        1 - 2 * level,
        p,
        level,
        detectable.isPresent() ? detectable.getAsDouble() : null,
        (int) Arrays.stream(differences).filter(d -> d > 0).count(),
        (int) Arrays.stream(differences).filter(d -> d < 0).count(),
        excluded);
  }

  /** Whether the winner is better, and not by chance: the interval is above 0. */
  public boolean passed() {
    return p <= level;
  }
}
