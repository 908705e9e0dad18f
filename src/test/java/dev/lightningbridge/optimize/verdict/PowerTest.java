package dev.lightningbridge.optimize.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerTest {
  @ParameterizedTest
  @ValueSource(ints = {8, 12, 20, 30})
  void the_sign_flip_test_finds_the_detectable_effect_four_times_in_five(int tasks) {
    double sd = 0.2;
    double effect = Power.detectableEffect(tasks, sd, Verdict.LEVEL).orElseThrow();
    Random random = new Random(tasks);
    int found = 0;
    int runs = 1000;
    for (int run = 0; run < runs; run++) {
      double[] differences = new double[tasks];
      Arrays.setAll(differences, i -> effect + sd * random.nextGaussian());
      found += SignFlips.pValue(differences, Verdict.LEVEL, run) <= Verdict.LEVEL ? 1 : 0;
    }

    assertThat(found / (double) runs).isBetween(0.75, 0.86);
  }

  @Test
  void too_few_tasks_or_no_spread_show_nothing() {
    assertThat(Power.detectableEffect(4, 0.2, Verdict.LEVEL)).isEmpty();
    assertThat(Power.detectableEffect(5, 0.2, Verdict.LEVEL)).isPresent();
    assertThat(Power.detectableEffect(20, 0, Verdict.LEVEL)).isEmpty();
  }

  @Test
  void the_tasks_needed_are_the_fewest_whose_detectable_effect_is_small_enough() {
    int needed = Power.tasksNeeded(0.1, 0.3, Verdict.LEVEL).orElseThrow();

    assertThat(Power.detectableEffect(needed, 0.3, Verdict.LEVEL).orElseThrow())
        .isLessThanOrEqualTo(0.1);
    assertThat(Power.detectableEffect(needed - 1, 0.3, Verdict.LEVEL).orElseThrow())
        .isGreaterThan(0.1);
    assertThat(Power.tasksNeeded(0.9, 0.01, Verdict.LEVEL)).hasValue(5);
    assertThat(Power.tasksNeeded(0, 0.3, Verdict.LEVEL)).isEmpty();
    assertThat(Power.tasksNeeded(-0.1, 0.3, Verdict.LEVEL)).isEmpty();
    assertThat(Power.tasksNeeded(0.0001, 0.3, Verdict.LEVEL)).isEmpty();
  }
}
