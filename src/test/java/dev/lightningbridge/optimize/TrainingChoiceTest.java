package dev.lightningbridge.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TrainingChoiceTest {
  private static TrainingSettings usual(Algorithm algorithm, @Nullable Integer rank, int gpus) {
    return choice(algorithm, rank, null).settings(() -> gpus);
  }

  private static TrainingChoice choice(
      Algorithm algorithm, @Nullable Integer rank, @Nullable Integer rollouts) {
    return new TrainingChoice(
        algorithm,
        Path.of("/m"),
        null,
        null,
        rollouts,
        null,
        null,
        null,
        null,
        null,
        rank,
        null,
        false,
        Map.of());
  }

  @Test
  void what_is_left_out_is_usual_for_the_algorithm() {
    TrainingSettings sft = usual(Algorithm.SFT, null, 0);
    assertThat(sft.minScore()).isEqualTo(8);
    assertThat(sft.batch()).isEqualTo(8);
    assertThat(sft.steps()).as("three passes").isZero();
    assertThat(sft.loraRank()).isEqualTo(16);
    assertThat(sft.learningRate()).isEqualTo(2e-4);
    assertThat(sft.maxTokens()).isEqualTo(2048);

    TrainingSettings dpo = usual(Algorithm.DPO, null, 0);
    assertThat(dpo.minScore()).isEqualTo(1);
    assertThat(dpo.beta()).isEqualTo(0.1);
    assertThat(dpo.learningRate()).isEqualTo(2e-5);

    TrainingSettings rl = usual(Algorithm.RL, null, 2);
    assertThat(rl.steps()).isEqualTo(100);
    assertThat(rl.rollouts()).isEqualTo(4);
    assertThat(rl.loraRank()).isZero();
    assertThat(rl.beta()).isEqualTo(0.001);
    assertThat(rl.learningRate()).isCloseTo(1e-6, offset(1e-12));
  }

  @Test
  void whole_models_take_a_tenth_of_an_adapters_rate() {
    assertThat(usual(Algorithm.SFT, 0, 0).learningRate()).isEqualTo(2e-5);
    assertThat(usual(Algorithm.RL, 8, 1).learningRate()).isEqualTo(1e-5);
  }

  @Test
  void fine_tuning_takes_one_of_the_gpus_and_reinforcement_learning_all() {
    assertThat(usual(Algorithm.SFT, null, 4).gpus()).isEqualTo(1);
    assertThat(usual(Algorithm.SFT, null, 0).gpus()).isZero();
    assertThat(usual(Algorithm.RL, null, 4).gpus()).isEqualTo(4);
  }

  @Test
  void what_does_not_go_together_is_refused() {
    assertThatThrownBy(() -> choice(Algorithm.RL, null, 1).settings(() -> 1))
        .hasMessage("RL compares at least 2 rollouts of a task");
    assertThatThrownBy(() -> choice(Algorithm.SFT, 2000, null).settings(() -> 0))
        .hasMessageContaining("rank");
  }
}
