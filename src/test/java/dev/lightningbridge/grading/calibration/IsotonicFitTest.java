package dev.lightningbridge.grading.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lightningbridge.grading.ScoreCorrection;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class IsotonicFitTest {
  @Example
  void scores_out_of_order_are_pooled_and_gaps_are_bridged() {
    ScoreCorrection fitted = IsotonicFit.of(new int[] {2, 3, 3, 7, 9}, new int[] {4, 2, 3, 5, 9});

    // 2 and 3 are out of order: (4 + 2 + 3) / 3; 4 to 6 lie on the way from 3 to 5
    assertThat(fitted.byScore()).containsExactly(3.0, 3.0, 3.0, 3.5, 4.0, 4.5, 5.0, 7.0, 9.0, 9.0);
    assertThat(fitted.apply(4)).isEqualTo(3.5);
  }

  @Example
  void a_correction_never_falls() {
    assertThatThrownBy(() -> new ScoreCorrection(List.of(1.0, 2.0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ScoreCorrection(List.of(2., 1., 3., 4., 5., 6., 7., 8., 9., 10.)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void it_rises_stays_on_the_scale_and_fits_no_worse_than_the_scores_themselves(
      @ForAll @Size(25) List<@IntRange(min = 1, max = 10) Integer> judge,
      @ForAll @Size(25) List<@IntRange(min = 1, max = 10) Integer> people) {
    ScoreCorrection fitted = IsotonicFit.of(array(judge), array(people));

    assertThat(fitted.byScore()).isSorted().allMatch(value -> value >= 1 && value <= 10);
    double before = 0;
    double after = 0;
    for (int i = 0; i < judge.size(); i++) {
      before += Math.pow(judge.get(i) - people.get(i), 2);
      after += Math.pow(fitted.apply(judge.get(i)) - people.get(i), 2);
    }
    assertThat(after).isLessThanOrEqualTo(before + 1e-9);
  }

  @Property(tries = 200)
  void a_forecast_never_knows_the_score_it_forecasts(
      @ForAll @Size(25) List<@IntRange(min = 1, max = 10) Integer> judge,
      @ForAll @Size(25) List<@IntRange(min = 1, max = 10) Integer> people,
      @ForAll @IntRange(max = 24) int which) {
    int[] others = array(people);
    others[which] = 11 - others[which];

    assertThat(IsotonicFit.forecasts(array(judge), others, 5)[which])
        .isCloseTo(IsotonicFit.forecasts(array(judge), array(people), 5)[which], within(1e-12));
  }

  @Example
  void every_output_has_a_forecast() {
    int[] scores = Collections.nCopies(23, 4).stream().mapToInt(i -> i).toArray();

    assertThat(IsotonicFit.forecasts(scores, scores, 1)).containsOnly(4.0);
  }

  private static int[] array(List<Integer> scores) {
    return scores.stream().mapToInt(Integer::intValue).toArray();
  }
}
