package dev.lightningbridge.optimize.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lightningbridge.optimize.LabelsBench;
import dev.lightningbridge.optimize.LabelsBench.Judge;
import dev.lightningbridge.optimize.LabelsBench.Said;
import dev.lightningbridge.optimize.LabelsBench.Way;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeopleWithJudgeTest {
  private static final double LEVEL = 0.025;

  @Test
  void a_judge_that_gives_all_the_same_leaves_the_sign_flip_test_of_people_as_it_is() {
    double[] people = {0.2, -0.1, 0.3, 0.4, 0.1, 0.2, -0.2, 0.5};
    double[] judge = new double[30];
    Arrays.fill(judge, 0.3);
    PeopleWithJudge both = PeopleWithJudge.of(people, judge, LEVEL, 1);
    assertThat(both.weight()).isZero();
    assertThat(both.p()).isEqualTo(SignFlips.pValue(people, LEVEL, 1));
    assertThat(both.difference()).isCloseTo(0.175, within(1e-9));
    assertThat(both.ci().low())
        .isCloseTo(SignFlipInterval.of(people, LEVEL, 1).low(), within(1e-3));
  }

  @Test
  void where_people_have_compared_all_tasks_the_judge_has_no_say() {
    double[] people = {0.2, -0.1, 0.3, 0.4, 0.1, 0.2, -0.2, 0.5};
    double[] judge = {0.9, 0.1, 0.8, 0.9, 0.4, 0.5, 0, 1};
    PeopleWithJudge both = PeopleWithJudge.of(people, judge, LEVEL, 1);
    assertThat(both.weight()).isZero();
    assertThat(both.p()).isEqualTo(SignFlips.pValue(people, LEVEL, 1));
  }

  @Test
  void a_judge_like_people_carries_over_to_the_tasks_that_people_have_not_seen() {
    double[] all = new double[300];
    Random random = new Random(2);
    Arrays.setAll(all, i -> Math.clamp(0.2 + 0.3 * random.nextGaussian(), -1, 1));
    double mean = Arrays.stream(all).average().orElseThrow();
    PeopleWithJudge both = PeopleWithJudge.of(Arrays.copyOf(all, 60), all, LEVEL, 1);
    assertThat(both.weight()).isGreaterThan(0.5);
    assertThat(Math.abs(both.difference() - mean))
        .isLessThan(Math.abs(Arrays.stream(all, 0, 60).average().orElseThrow() - mean));
  }

  @Property(tries = 60)
  void the_interval_is_above_zero_if_and_only_if_the_test_is_passed(
      @ForAll @IntRange(min = 5, max = 30) int compared,
      @ForAll @IntRange(min = 0, max = 60) int more,
      @ForAll long seed) {
    Random random = new Random(seed);
    double effect = 0.4 * random.nextDouble();
    double[] judge = new double[compared + more];
    double[] people = new double[compared];
    for (int i = 0; i < judge.length; i++) {
      double truth = effect + 0.4 * random.nextGaussian();
      judge[i] = Math.clamp(truth + 0.3 + 0.2 * random.nextGaussian(), -1, 1);
      if (i < compared) {
        people[i] = Math.clamp(truth, -1, 1);
      }
    }
    PeopleWithJudge both = PeopleWithJudge.of(people, judge, LEVEL, seed);
    assertThat(both.ci().low() > 0).isEqualTo(both.passed());
    assertThat(both.difference()).isBetween(both.ci().low() - 1e-3, both.ci().high() + 1e-3);
    assertThat(both.weight()).isBetween(0.0, 1.0);
  }

  @ParameterizedTest
  @EnumSource(Said.class)
  void a_judge_that_is_biased_by_two_points_promotes_no_equal_prompt_more_often_than_allowed(
      Said said) {
    int runs = 1000;
    Judge biased = LabelsBench.JUDGES[1];
    assertThat(new LabelsBench(50, 5).passed(Way.JUDGE, said, biased, 20, 0)).isGreaterThan(0.9);
    assertThat(new LabelsBench(runs, 5).passed(Way.BOTH, said, biased, 20, 0))
        .isLessThan(LEVEL + 3 * Math.sqrt(LEVEL * (1 - LEVEL) / runs));
  }

  @Test
  void with_a_careful_judge_a_third_fewer_labels_show_as_much_as_people_alone() {
    Judge careful = LabelsBench.JUDGES[1];
    double alone = new LabelsBench(400, 6).passed(Way.PEOPLE, Said.SCORES, careful, 30, 0.15);
    double both = new LabelsBench(400, 7).passed(Way.BOTH, Said.SCORES, careful, 20, 0.15);
    assertThat(both).isGreaterThan(alone - 0.03);
  }

  @Test
  void there_is_no_verdict_of_nobody() {
    assertThatThrownBy(() -> PeopleWithJudge.of(new double[0], new double[3], LEVEL, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PeopleWithJudge.of(new double[4], new double[3], LEVEL, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
