package dev.lightningbridge.model.sandbox;

/** How much the sandbox's judge tells beside the score. */
public enum Feedback {
  /** Names requirements that the output breaks, each with a chance of 0.7. */
  RICH,
  /** Names none. */
  SCALAR
}
