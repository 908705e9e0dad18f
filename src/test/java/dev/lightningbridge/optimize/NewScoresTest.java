package dev.lightningbridge.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NewScoresTest {
  @Test
  void with_thirty_scores_a_careful_judge_may_decide_and_a_coin_may_not() {
    assertThat(decisions(0.6, 30)).isEqualTo(8);
    assertThat(decisions(100, 30)).isZero();
  }

  @Test
  void with_too_few_scores_no_judge_may_decide() {
    assertThat(decisions(0.6, 19)).isZero();
  }

  @Test
  void a_large_effect_is_promoted_and_equal_prompts_hardly_ever() {
    NewScores careful = new NewScores(0.6, 1);
    assertThat(IntStream.range(0, 200).filter(s -> careful.promotes(24, 0.4, s)).count())
        .isGreaterThan(180);
    assertThat(IntStream.range(0, 200).filter(s -> careful.promotes(24, 0, s)).count())
        .isLessThan(16);
  }

  private static long decisions(double noise, int scores) {
    NewScores judge = new NewScores(noise, 1);
    return IntStream.range(0, 8).filter(seed -> judge.decides(scores, seed)).count();
  }
}
