package dev.lightningbridge.optimize.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.optimize.verdict.InUseComparison.Scored;
import dev.lightningbridge.optimize.verdict.InUseComparison.Standing;
import dev.lightningbridge.optimize.verdict.InUseComparison.State;
import dev.lightningbridge.optimize.verdict.VerdictBench.Rewards;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InUseComparisonTest {
  private static final InUseBench BENCH = new InUseBench(400, 3);

  @Test
  void a_candidate_that_is_always_worse_is_found_within_a_dozen_pairs() {
    Standing standing = InUseComparison.of(alternating(60, 2 / 9.0, 8 / 9.0));
    assertThat(standing.state()).isEqualTo(State.WORSE);
    assertThat(standing.pairs()).isBetween(8, 14);
    assertThat(standing.difference()).isCloseTo(-2 / 3.0, within());
  }

  @Test
  void one_that_is_always_better_is_found_too() {
    assertThat(InUseComparison.of(alternating(60, 8 / 9.0, 2 / 9.0)).state())
        .isEqualTo(State.BETTER);
  }

  @Test
  void without_scores_of_both_nothing_is_decided() {
    List<Scored> scores = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      scores.add(new Scored(true, 0));
    }
    assertThat(InUseComparison.of(scores)).isEqualTo(new Standing(State.OPEN, 0, 0));
  }

  @Test
  void equal_scores_are_undecided_after_all_pairs() {
    assertThat(InUseComparison.of(alternating(500, 4 / 9.0, 4 / 9.0)))
        .isEqualTo(new Standing(State.UNDECIDED, InUseComparison.PAIRS, 0));
  }

  @Test
  void what_is_scored_after_the_decision_changes_nothing() {
    List<Scored> scores = alternating(30, 0, 1);
    Standing decided = InUseComparison.of(scores);
    scores.addAll(alternating(60, 1, 0));
    assertThat(InUseComparison.of(scores)).isEqualTo(decided);
  }

  @Test
  void a_score_is_paired_with_the_last_one_of_the_other_prompt() {
    List<Scored> scores =
        List.of(new Scored(false, 0), new Scored(false, 3 / 9.0), new Scored(true, 1));
    assertThat(InUseComparison.of(scores)).isEqualTo(new Standing(State.OPEN, 1, 1 - 3 / 9.0));
  }

  @Test
  void equal_prompts_are_told_apart_at_most_as_often_as_the_level_says() {
    for (Rewards kind : Rewards.values()) {
      InUseBench.Rates rates = BENCH.rates(kind, 0.3, 0);
      // 0.025 each, and three standard errors of 400 runs.
      assertThat(rates.worse()).as("%s worse", kind).isLessThan(0.049);
      assertThat(rates.better()).as("%s better", kind).isLessThan(0.049);
    }
  }

  @Test
  void a_planted_worse_candidate_is_taken_back_and_a_better_one_is_kept() {
    assertThat(BENCH.rates(Rewards.SCORES, 0.1, -0.2).worse()).isGreaterThan(0.95);
    assertThat(BENCH.rates(Rewards.SCORES, 0.1, 0.2).worse()).isZero();
    assertThat(BENCH.rates(Rewards.SCORES, 0.1, 0.2).better()).isGreaterThan(0.95);
  }

  private static List<Scored> alternating(int calls, double candidate, double other) {
    List<Scored> scores = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      scores.add(new Scored(i % 2 == 0, i % 2 == 0 ? candidate : other));
    }
    return scores;
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-9);
  }
}
