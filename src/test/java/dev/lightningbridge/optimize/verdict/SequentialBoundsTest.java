package dev.lightningbridge.optimize.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.lightningbridge.common.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class SequentialBoundsTest {
  private static final double EXACT = 1e-12;

  /** What came of the differences, looked at one by one: after how many, 0 where never passed. */
  private record Course(int passedAfter, double p) {}

  private static Course course(int planned, double level, double... differences) {
    SequentialBounds test = new SequentialBounds(planned, level);
    int passedAfter = 0;
    for (int i = 0; i < differences.length; i++) {
      test.add(differences[i]);
      passedAfter = passedAfter == 0 && test.passed() ? i + 1 : passedAfter;
    }
    return new Course(passedAfter, test.pValue());
  }

  private static double[] repeated(double difference, int times) {
    return IntStream.range(0, times).mapToDouble(i -> difference).toArray();
  }

  @Example
  void wins_in_a_row_pass_as_soon_as_the_level_spent_so_far_pays_for_their_luck() {
    // After 7 of 24 tasks 0.05 · 0.6 · (7/24)^1.5 = 0.0047 may be spent, and 7 wins in a row are
    // luck
    // in 1 of 128; after 8 it is 0.0058, and 8 wins are luck in 1 of 256.
    assertThat(course(24, 0.05, repeated(1, 7)).passedAfter()).isZero();
    assertThat(course(24, 0.05, repeated(1, 8)))
        .isEqualTo(new Course(8, 1 / 256.0))
        .isEqualTo(course(24, 0.05, repeated(0.1, 8)));
    assertThat(course(200, 0.05, repeated(1, 11)).passedAfter()).isZero();
    assertThat(course(200, 0.05, repeated(1, 12)).passedAfter()).isEqualTo(12);
  }

  @Example
  void where_nothing_can_be_shown_early_the_last_look_is_the_sign_flip_test() {
    assertThat(course(5, 0.05, 1, 1, 1, 1, 1)).isEqualTo(new Course(5, 1 / 32.0));
    assertThat(course(5, 0.05, 1, 1, 1, -0.1, 1).p())
        .isCloseTo(SignFlips.pValue(new double[] {1, 1, 1, -0.1, 1}, 0.05, 1), within(EXACT));
    assertThat(course(4, 0.05, 1, 1, 1, 1).passedAfter()).isZero();
  }

  @Example
  void a_test_that_is_passed_stays_so_with_its_p_value() {
    double[] differences = repeated(1, 24);
    Arrays.fill(differences, 8, 24, -1);

    assertThat(course(24, 0.05, differences)).isEqualTo(new Course(8, 1 / 256.0));
  }

  @Example
  void a_task_that_is_left_out_is_a_look_without_a_difference() {
    double[] differences = repeated(1, 9);
    differences[3] = Double.NaN;

    assertThat(course(24, 0.05, differences)).isEqualTo(new Course(9, 1 / 256.0));
    assertThatIllegalStateException()
        .isThrownBy(() -> course(2, 0.05, 1, Double.NaN, 1))
        .withMessage("more than the 2 tasks planned");
  }

  /** Goes through every pattern of signs: the level is kept whatever the sizes. */
  @Property(tries = 100)
  void looking_after_each_task_passes_equal_prompts_no_more_often_than_the_level_says(
      @ForAll("differences") List<Double> d,
      @ForAll @IntRange(min = 2, max = 400) int thousandths) {
    double level = thousandths / 1000.0;
    double[] sizes = array(d);
    int patterns = 1 << sizes.length;
    int passed = 0;
    int asGood = 0;
    double p = course(sizes.length, level, sizes).p();
    for (int pattern = 0; pattern < patterns; pattern++) {
      double[] flipped = sizes.clone();
      for (int i = 0; i < flipped.length; i++) {
        flipped[i] *= (pattern >> i & 1) == 0 ? 1 : -1;
      }
      Course course = course(sizes.length, level, flipped);
      passed += course.passedAfter() > 0 ? 1 : 0;
      asGood += course.p() <= p ? 1 : 0;
      assertThat(course.p() <= level).isEqualTo(course.passedAfter() > 0);
    }

    assertThat(passed / (double) patterns).isLessThanOrEqualTo(level);
    assertThat(asGood / (double) patterns).isLessThanOrEqualTo(p + EXACT);
  }

  @Property(tries = 200)
  void the_interval_holds_zero_if_and_only_if_the_test_is_not_passed(
      @ForAll("differences") List<Double> d,
      @ForAll @IntRange(min = 0, max = 6) int notRun,
      @ForAll @DoubleRange(min = 0.01, max = 0.4) double level) {
    double[] differences = array(d);
    int planned = differences.length + notRun;

    Interval interval = SequentialInterval.of(differences, planned, level);
    boolean passed = course(planned, level, differences).passedAfter() > 0;

    assertThat(interval.low() > 0).isEqualTo(passed);
    assertThat(interval.low()).isBetween(-1.0, 1.0).isLessThanOrEqualTo(interval.high());
    assertThat(interval.high()).isBetween(-1.0, 1.0);
  }

  @Example
  void the_interval_of_a_test_that_ended_early_has_the_true_difference_as_often_as_it_says() {
    Random random = new Random(5);
    int runs = 400;
    int planned = 24;
    double truth = 0.25;
    int missed = 0;
    for (int run = 0; run < runs; run++) {
      SequentialBounds test = new SequentialBounds(planned, 0.05);
      double[] differences = new double[planned];
      int n = 0;
      while (n < planned && !test.passed()) {
        differences[n] = truth + random.nextDouble() - 0.5;
        test.add(differences[n++]);
      }
      Interval interval = SequentialInterval.of(Arrays.copyOf(differences, n), planned, 0.05);
      missed += interval.low() > truth || interval.high() < truth ? 1 : 0;
    }

    assertThat(missed).isLessThan((int) (0.1 * runs + 3 * Math.sqrt(runs * 0.1 * 0.9)));
  }

  @Example
  void two_thousand_sealed_tasks_are_tested_in_seconds() {
    Random random = new Random(1);
    double[] differences = random.doubles(2000).map(x -> 2 * x - 1).toArray();
    long begun = System.nanoTime();

    course(2000, 0.05, differences);

    assertThat(System.nanoTime() - begun).isLessThan(10_000_000_000L);
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
