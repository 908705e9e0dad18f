package dev.lightningbridge.optimize;

import java.util.Arrays;
import java.util.Locale;

/** How a model's weights are trained. */
public enum Algorithm {
  /** Supervised fine-tuning: the model learns to answer as the outputs that people scored high. */
  SFT,
  /** Direct preference optimisation: of two outputs, the one that people preferred. */
  DPO,
  /** Reinforcement learning: the grader's reward of the model's own outputs. */
  RL;

  /** All labels, as a regular expression. */
  public static final String PATTERN = "^(sft|dpo|rl)$";

  /**
   * The algorithm of this name.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static Algorithm named(String label) {
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.label().equalsIgnoreCase(label))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no algorithm " + label));
  }

  /** Its name at every door. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
