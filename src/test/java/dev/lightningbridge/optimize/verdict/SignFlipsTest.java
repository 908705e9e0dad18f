package dev.lightningbridge.optimize.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.statistics.distribution.BinomialDistribution;

class SignFlipsTest {
  private static final double EXACT = 1e-12;

  private static double p(double... differences) {
    return SignFlips.pValue(differences, Verdict.LEVEL, 1);
  }

  @Example
  void a_few_p_values_as_counted_by_hand() {
    assertThat(p()).isOne();
    assertThat(p(0, 0, 0)).isOne();
    assertThat(p(0.5)).isCloseTo(1 / 2.0, within(EXACT));
    assertThat(p(1, 1, 1)).isCloseTo(1 / 8.0, within(EXACT));
    assertThat(p(1, -1)).isCloseTo(3 / 4.0, within(EXACT));
    assertThat(p(3, 2, -1)).isCloseTo(2 / 8.0, within(EXACT));
    assertThat(p(-1, -1, -1)).isOne();
  }

  @Example
  void sums_that_differ_only_by_rounding_are_ties() {
    // 0.1 + 0.2 − 0.3 is 5.6e-17 here, and 0.3 − 0.2 − 0.1 is −2.8e-17: both are 0
    assertThat(p(0.1, 0.2, -0.3)).isCloseTo(5 / 8.0, within(EXACT));
    assertThat(p(-0.1, -0.2, 0.3)).isCloseTo(5 / 8.0, within(EXACT));
  }

  @Example
  void forty_equal_differences_are_a_sign_test_exactly_and_more_are_one_closely() {
    assertThat(p(signs(27, 13)))
        .isCloseTo(BinomialDistribution.of(40, 0.5).survivalProbability(26), within(EXACT));
    assertThat(p(signs(27, 14)))
        .isCloseTo(BinomialDistribution.of(41, 0.5).survivalProbability(26), within(0.003));
    assertThat(p(signs(60, 0))).isEqualTo(1.0 / (DrawnPatterns.FEWEST + 1));
  }

  private static double[] signs(int better, int worse) {
    double[] differences = new double[better + worse];
    Arrays.setAll(differences, i -> i < better ? 1 / 9.0 : -1 / 9.0);
    return differences;
  }

  @Example
  void five_tasks_are_the_fewest_that_reach_five_percent() {
    assertThat(SignFlips.fewestTasks(0.05)).isEqualTo(5);
    assertThat(p(1, 1, 1, 1)).isGreaterThan(0.05);
    assertThat(p(1, 1, 1, 1, 1)).isLessThan(0.05);
  }

  @Property
  void counting_by_halves_equals_going_through_every_pattern(
      @ForAll("differences") List<Double> d) {
    double[] differences = array(d);
    double observed = Arrays.stream(differences).sum();
    int asLarge = 0;
    for (int pattern = 0; pattern < 1 << differences.length; pattern++) {
      double sum = 0;
      for (int i = 0; i < differences.length; i++) {
        sum += (pattern >> i & 1) == 0 ? differences[i] : -differences[i];
      }
      asLarge += sum >= observed - 1e-8 ? 1 : 0;
    }

    assertThat(p(differences))
        .isCloseTo(asLarge / (double) (1 << differences.length), within(EXACT));
  }

  @Property(tries = 200)
  void between_equal_prompts_no_level_is_passed_more_often_than_it_says(
      @ForAll("differences") List<Double> d,
      @ForAll @DoubleRange(min = 0.01, max = 0.5) double level) {
    double[] differences = array(d);
    int patterns = 1 << differences.length;
    int passed = 0;
    for (int pattern = 0; pattern < patterns; pattern++) {
      double[] flipped = differences.clone();
      for (int i = 0; i < flipped.length; i++) {
        flipped[i] *= (pattern >> i & 1) == 0 ? 1 : -1;
      }
      passed += p(flipped) <= level ? 1 : 0;
    }

    assertThat(passed / (double) patterns).isLessThanOrEqualTo(level);
  }

  @Property
  void a_better_result_on_any_task_never_raises_the_p_value(
      @ForAll("differences") List<Double> d,
      @ForAll @IntRange(min = 0, max = 9) int which,
      @ForAll @IntRange(min = 0, max = 9) int ninths) {
    double[] differences = array(d);
    double before = p(differences);
    differences[which % differences.length] += ninths / 9.0;

    assertThat(p(differences)).isLessThanOrEqualTo(before + EXACT);
  }

  @Property
  void order_scale_and_ties_do_not_matter(
      @ForAll("differences") List<Double> d, @ForAll Random random) {
    List<Double> shuffled = new java.util.ArrayList<>(d);
    shuffled.replaceAll(x -> x * 3);
    shuffled.addAll(List.of(0.0, 0.0));
    Collections.shuffle(shuffled, random);

    assertThat(p(array(shuffled))).isCloseTo(p(array(d)), within(EXACT));
  }

  @Property
  void exchanging_the_prompts_turns_the_test_around(@ForAll("differences") List<Double> d) {
    double[] turned = Arrays.stream(array(d)).map(x -> -x).toArray();

    assertThat(p(array(d)) + p(turned)).isGreaterThanOrEqualTo(1);
    assertThat(p(turned)).isBetween(0.0, 1.0);
  }

  /** Differences of scores, in ninths, and of other rewards. */
  @Provide
  Arbitrary<List<Double>> differences() {
    Arbitrary<Double> ninths = Arbitraries.integers().between(-9, 9).map(i -> i / 9.0);
    Arbitrary<Double> any = Arbitraries.integers().between(-1000, 1000).map(i -> i / 1000.0);
    return Combinators.combine(
            ninths.list().ofMinSize(1).ofMaxSize(10), any.list().ofMinSize(1).ofMaxSize(10))
        .as((scores, others) -> scores.size() % 2 == 0 ? scores : others);
  }

  private static double[] array(List<Double> differences) {
    return differences.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
