package dev.lightningbridge.runs.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.common.TestLevel;
import dev.lightningbridge.optimize.verdict.Verdict;
import org.junit.jupiter.api.Test;

class CostModelTest {
  @Test
  void a_text_has_a_token_for_four_characters_and_at_least_one() {
    assertThat(CostModel.tokens(0)).isEqualTo(1);
    assertThat(CostModel.tokens(8)).isEqualTo(3);
    assertThat(CostModel.tokens(9.0)).isEqualTo(2.25);
  }

  @Test
  void a_sealed_test_runs_both_prompts_on_each_task_and_a_judge_on_each_output() {
    assertThat(CostModel.sealedCalls(20, false)).isEqualTo(40);
    assertThat(CostModel.sealedCalls(20, true)).isEqualTo(80);
  }

  @Test
  void one_call_in_ten_is_to_spare_and_a_part_of_a_call_is_a_whole_one() {
    assertThat(CostModel.withSpare(80)).isEqualTo(88);
    assertThat(CostModel.withSpare(81)).isEqualTo(90);
    assertThat(CostModel.withSpare(0)).isZero();
  }

  @Test
  void what_a_promotion_says_of_itself_follows_from_the_level_of_the_test() {
    assertThat(Verdict.LEVEL + TestLevel.CONFIDENCE).isEqualTo(1);
  }
}
