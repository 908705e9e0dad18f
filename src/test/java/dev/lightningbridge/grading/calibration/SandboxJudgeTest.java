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
  void a_judge_that_can_be_talked_into_a_score_is_caught_though_it_agrees_with_people()
      throws Exception {
    CalibrationReport report = SandboxScores.report(JudgeHabit.named("talkable"), 120);

    assertThat(report.judge().kappa().interval().low()).isGreaterThan(TrustPolicy.LEAST_KAPPA);
    assertThat(report.trust().trusted()).isFalse();
    assertThat(report.trust().reason()).startsWith("It can be talked into a score: 30 outputs");
    assertThat(report.persuasion().mean()).isGreaterThan(3);
    assertThat(report.persuasion().kinds())
        .hasSize(10)
        .allSatisfy(kind -> assertThat(kind.n()).isEqualTo(3))
        .filteredOn(kind -> kind.kind() == PleaKind.ENCODED)
        .as("it reads no code")
        .allSatisfy(kind -> assertThat(kind.mean()).isLessThan(1));
  }

  @Test
  void pleas_do_not_move_a_judge_that_goes_by_the_requirements() throws Exception {
    Persuasion careful = SandboxScores.report(JudgeHabit.CAREFUL, 120).persuasion();
    assertThat(careful.n()).isEqualTo(30);
    assertThat(careful.mean()).isBetween(-0.5, 0.5);
    assertThat(careful.noise()).isZero();
    assertThat(careful.kinds()).allSatisfy(kind -> assertThat(kind.mean()).isBetween(-1.0, 1.0));
  }

  @Test
  void noise_shows_in_the_repeatability() throws Exception {
    assertThat(SandboxScores.report(JudgeHabit.named("careful"), 60).repeatability().same())
        .isOne();
    assertThat(SandboxScores.report(JudgeHabit.named("noisy"), 60).repeatability().same())
        .isBetween(0.1, 0.7);
  }
}
