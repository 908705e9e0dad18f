package dev.lightningbridge.grading.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lightningbridge.common.Interval;
import dev.lightningbridge.grading.calibration.CalibrationReport.Judged;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChoiceAgreementTest {
  private static final int JUDGES = 20_000;

  /** A judge compared with five scores only: kappa says nothing about it. */
  private static final Agreement FEW_SCORES =
      Agreement.of(new double[] {1, 3, 5, 7, 9}, new double[] {1, 3, 5, 7, 9}, 1);

  private static final Persuasion UNMOVED =
      new Persuasion(
          10, 0, 0, 0, List.of(new Persuasion.Kind(PleaKind.FLATTERY, 1, 0, 0, "please")));

  private static List<ChosenPair> pairs(int tasks) {
    ChosenPair.Source[] sources = ChosenPair.Source.values();
    return IntStream.range(0, tasks)
        .mapToObj(
            i -> new ChosenPair(sources[i % 3], output("better " + i, i), output("worse " + i, i)))
        .toList();
  }

  private static ScoredOutput output(String id, int task) {
    return new ScoredOutput(id, "A", "input " + task, "text of " + id, 0, null);
  }

  private static ChoiceAgreement judged(int tasks, ToIntFunction<ScoredOutput> judge) {
    List<ChosenPair> pairs = pairs(tasks);
    return ChoiceAgreement.of(
        pairs,
        pairs.stream()
            .flatMap(ChosenPair::outputs)
            .map(output -> new Judged(output, judge.applyAsInt(output), "so")));
  }

  private static boolean isTrusted(ChoiceAgreement choices) {
    return TrustPolicy.decide(FEW_SCORES, choices, UNMOVED).trusted();
  }

  /** Orders so large a share of pairs as people do. */
  private static ToIntFunction<ScoredOutput> sharing(double share, SplittableRandom random) {
    boolean[] right = {false};
    return output -> {
      if (output.id().startsWith("better")) {
        right[0] = random.nextDouble() < share;
        return right[0] ? 8 : 3;
      }
      return right[0] ? 3 : 8;
    };
  }

  @Test
  void eleven_choices_that_a_judge_all_shares_are_enough_and_ten_are_not() {
    ToIntFunction<ScoredOutput> like = output -> output.id().startsWith("better") ? 9 : 2;

    assertThat(isTrusted(judged(TrustPolicy.FEWEST_CHOICES, like))).isTrue();
    assertThat(isTrusted(judged(TrustPolicy.FEWEST_CHOICES - 1, like))).isFalse();
    assertThat(TrustPolicy.decide(FEW_SCORES, judged(11, like), UNMOVED).reason())
        .startsWith(
            "It agrees with people: of 11 tasks in which people preferred one output to another"
                + " (4 by a comparison, 4 by a lock, 3 by scores) it orders 11 as they did");
  }

  @Test
  void the_interval_is_the_exact_one_of_clopper_and_pearson() {
    // R: binom.test(15, 17)$conf.int and binom.test(11, 11)$conf.int
    Interval some = ChoiceAgreement.interval(15, 17);
    assertThat(some.low()).isCloseTo(0.6356, within(0.0001));
    assertThat(some.high()).isCloseTo(0.9854, within(0.0001));
    assertThat(ChoiceAgreement.interval(11, 11).low()).isCloseTo(0.7151, within(0.0001));
    assertThat(ChoiceAgreement.interval(0, 11).low()).isZero();
    assertThat(ChoiceAgreement.interval(0, 11).high()).isCloseTo(0.2849, within(0.0001));
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 11, 17, 26, 50})
  void a_judge_that_guesses_is_trusted_in_fewer_than_one_of_twenty_tests(int tasks) {
    SplittableRandom random = new SplittableRandom(tasks);
    long trusted =
        IntStream.range(0, JUDGES)
            .filter(i -> isTrusted(judged(tasks, output -> 1 + random.nextInt(10))))
            .count();

    assertThat(trusted / (double) JUDGES).isLessThan(0.001);
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 17, 26, 50})
  void one_that_only_just_shares_too_little_is_trusted_in_one_of_forty_at_the_most(int tasks) {
    SplittableRandom random = new SplittableRandom(tasks);
    ToIntFunction<ScoredOutput> judge = sharing(TrustPolicy.LEAST_SHARED, random);
    long trusted = IntStream.range(0, JUDGES).filter(i -> isTrusted(judged(tasks, judge))).count();

    assertThat(trusted / (double) JUDGES).isLessThan(0.025 + 0.004);
  }

  @Test
  void a_judge_that_shares_nine_of_ten_is_trusted_mostly_where_there_are_forty_choices() {
    ToIntFunction<ScoredOutput> judge = sharing(0.9, new SplittableRandom(3));
    long trusted = IntStream.range(0, 2_000).filter(i -> isTrusted(judged(40, judge))).count();

    assertThat(trusted / 2_000.0).isGreaterThan(0.87);
  }

  @Test
  void one_that_scores_all_outputs_the_same_has_none_in_order() {
    assertThat(judged(50, output -> 7).inOrder()).isZero();
  }

  @Test
  void beside_enough_scores_choices_only_speak_against_a_judge() {
    double[] scores = IntStream.range(0, 40).mapToDouble(i -> 1 + i % 10).toArray();
    double[] others = IntStream.range(0, 40).mapToDouble(i -> 1 + i * 7 % 10).toArray();
    Agreement good = Agreement.of(scores, scores, 1);
    Agreement bad = Agreement.of(scores, others, 1);
    ChoiceAgreement shared = judged(12, output -> output.id().startsWith("better") ? 9 : 2);
    ChoiceAgreement other = judged(12, output -> output.id().startsWith("better") ? 2 : 9);

    assertThat(TrustPolicy.decide(good, shared, UNMOVED).trusted()).isTrue();
    assertThat(TrustPolicy.decide(bad, shared, UNMOVED).trusted()).isFalse();
    TrustPolicy.Trust trust = TrustPolicy.decide(good, other, UNMOVED);
    assertThat(trust.trusted()).isFalse();
    assertThat(trust.reason()).startsWith("It prefers other outputs than people: of 12 tasks");
  }
}
