package dev.lightningbridge.optimize;

import java.util.Locale;

/** How a model's weights are trained. */
public enum Algorithm {
  /** Supervised fine-tuning: the model learns to answer as the outputs that people scored high. */
  SFT,
  /** Direct preference optimisation: of two outputs, the one that people preferred. */
  DPO,
  /** Reinforcement learning: the grader's reward of the model's own outputs. */
  RL;

  /** The name that the command line takes. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
