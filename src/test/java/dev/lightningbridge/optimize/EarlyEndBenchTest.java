package dev.lightningbridge.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.optimize.verdict.EarlyEndBench;
import dev.lightningbridge.optimize.verdict.EarlyEndBench.Rates;
import dev.lightningbridge.optimize.verdict.VerdictBench.Noise;
import dev.lightningbridge.optimize.verdict.VerdictBench.Rewards;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EarlyEndBenchTest {
  private static final int RUNS = 1000;

  @ParameterizedTest
  @CsvSource({
    "SCORES, INDEPENDENT",
    "SCORES, SHARED",
    "RIGHT_OR_WRONG, INDEPENDENT",
    "RIGHT_OR_WRONG, SHARED"
  })
  void a_look_after_each_task_promotes_equal_prompts_no_more_often_than_the_level_says(
      Rewards kind, Noise noise) {
    double chance = 3 * Math.sqrt(0.05 * 0.95 / RUNS);

    assertThat(new EarlyEndBench(RUNS, 0.05, 3).rates(kind, noise, 24, 0).often())
        .isLessThan(0.05 + chance);
  }

  @ParameterizedTest
  @EnumSource(Rewards.class)
  void better_prompts_are_found_as_often_and_sooner(Rewards kind) {
    double effect = kind == Rewards.SCORES ? 0.2 : 0.5;

    Rates rates = new EarlyEndBench(RUNS, 0.05, 3).rates(kind, Noise.INDEPENDENT, 40, effect);

    assertThat(rates.once()).isGreaterThan(0.98);
    assertThat(rates.often()).isGreaterThan(rates.once() - 0.03);
    assertThat(rates.saved()).isGreaterThan(0.4);
  }
}
