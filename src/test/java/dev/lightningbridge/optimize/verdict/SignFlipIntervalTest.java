package dev.lightningbridge.optimize.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lightningbridge.common.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class SignFlipIntervalTest {
  private static final double NEAR = 1e-8;

  @Property
  void its_ends_are_means_of_subsets(
      @ForAll("differences") List<Double> d,
      @ForAll @DoubleRange(min = 0.01, max = 0.4) double level) {
    double[] differences = array(d);
    List<Double> means = subsetMeans(differences);
    int rank = (int) Math.floor(level * (1 << differences.length));

    Interval interval = SignFlipInterval.of(differences, level, 1);

    assertThat(interval.low()).isCloseTo(rank == 0 ? -1 : means.get(rank - 1), within(NEAR));
    assertThat(interval.high())
        .isCloseTo(rank == 0 ? 1 : means.get(means.size() - rank), within(NEAR));
  }

  @Property
  void it_is_above_0_if_and_only_if_the_test_is_passed(
      @ForAll("differences") List<Double> d,
      @ForAll @DoubleRange(min = 0.01, max = 0.4) double level) {
    double[] differences = array(d);

    assertThat(SignFlipInterval.of(differences, level, 1).low() > 0)
        .isEqualTo(SignFlips.pValue(differences, level, 1) <= level);
  }

  @Property(tries = 60)
  void with_drawn_patterns_too(
      @ForAll Random random,
      @ForAll @IntRange(min = 41, max = 150) int tasks,
      @ForAll @DoubleRange(min = 0.01, max = 0.2) double level) {
    double[] differences = new double[tasks];
    Arrays.setAll(differences, i -> Math.rint(9 * (0.05 + 0.3 * random.nextGaussian())) / 9);

    Interval interval = SignFlipInterval.of(differences, level, 5);

    assertThat(interval.low() > 0).isEqualTo(SignFlips.pValue(differences, level, 5) <= level);
    assertThat(Arrays.stream(differences).average().orElseThrow())
        .isBetween(interval.low(), interval.high());
  }

  @Example
  void drawn_patterns_give_nearly_the_ends_that_all_patterns_give() {
    Random random = new Random(4);
    double[] differences = new double[SignFlips.EXACT_UP_TO + 1];
    Arrays.setAll(differences, i -> 0.1 + 0.3 * random.nextGaussian());
    double mean = Arrays.stream(differences).average().orElseThrow();
    double half = 1.96 * 0.3 / Math.sqrt(differences.length);

    Interval interval = SignFlipInterval.of(differences, 0.025, 1);

    assertThat(interval.low()).isCloseTo(mean - half, within(0.03));
    assertThat(interval.high()).isCloseTo(mean + half, within(0.03));
  }

  @Example
  void it_holds_the_true_difference_as_often_as_it_says() {
    Random random = new Random(9);
    int runs = 2000;
    int held = 0;
    for (int run = 0; run < runs; run++) {
      double[] differences = new double[10];
      Arrays.setAll(differences, i -> 0.2 + 0.1 * random.nextGaussian());
      Interval interval = SignFlipInterval.of(differences, 0.025, run);
      held += interval.low() <= 0.2 && 0.2 <= interval.high() ? 1 : 0;
    }

    // floor(0.025 * 1024) = 25 subsets at each end: 1 − 50 / 1024
    assertThat(held / (double) runs).isCloseTo(1 - 50 / 1024.0, within(0.015));
  }

  @Example
  void too_few_tasks_claim_nothing() {
    assertThat(SignFlipInterval.of(new double[] {1}, 0.05, 1)).isEqualTo(new Interval(-1, 1));
    assertThat(SignFlipInterval.of(new double[] {.1, .2, .3, .4}, 0.05, 1))
        .isEqualTo(new Interval(-1, 1));
  }

  /** In ascending order. */
  private static List<Double> subsetMeans(double[] differences) {
    List<Double> means = new ArrayList<>();
    for (int subset = 1; subset < 1 << differences.length; subset++) {
      double sum = 0;
      for (int i = 0; i < differences.length; i++) {
        sum += (subset >> i & 1) == 1 ? differences[i] : 0;
      }
      means.add(sum / Integer.bitCount(subset));
    }
    means.sort(null);
    return means;
  }

  @Provide
  Arbitrary<List<Double>> differences() {
    return Arbitraries.integers()
        .between(-9, 9)
        .map(i -> i / 9.0)
        .list()
        .ofMinSize(1)
        .ofMaxSize(11);
  }

  private static double[] array(List<Double> differences) {
    return differences.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
