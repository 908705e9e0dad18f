package dev.lightningbridge.grading.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.model.sandbox.JudgeHabit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxJudgeTest {
  @ParameterizedTest
  @ValueSource(strings = {"careful", "noisy"})
  void a_judge_that_goes_by_the_requirements_is_trusted(String habit) throws Exception {
    CalibrationReport report = SandboxScores.report(JudgeHabit.named(habit), 120);

    assertThat(report.trust().trusted()).as(report.trust().reason()).isTrue();
    assertThat(report.judge().mae().value()).isLessThan(report.alwaysTheMean().mae().value());
  }

  @ParameterizedTest
  @ValueSource(strings = {"coin-flip", "length-loving"})
  void a_judge_that_goes_by_anything_else_is_caught(String habit) throws Exception {
    CalibrationReport report = SandboxScores.report(JudgeHabit.named(habit), 120);

    assertThat(report.trust().trusted()).as(report.trust().reason()).isFalse();
    assertThat(report.correction()).as("no correction makes it one").isNull();
  }

  @Test
  void noise_shows_in_the_repeatability() throws Exception {
    assertThat(SandboxScores.report(JudgeHabit.named("careful"), 60).repeatability().same())
        .isOne();
    assertThat(SandboxScores.report(JudgeHabit.named("noisy"), 60).repeatability().same())
        .isBetween(0.1, 0.7);
  }
}
