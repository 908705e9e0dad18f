package dev.lightningbridge.corpus;

/** What became of an attempt. */
public enum AttemptKind {
  /** Its output has a current score. */
  SCORED,
  /** It has an output that nobody scored. */
  UNSCORED,
  /** A run that the app made of its own to analyse an agent; it was never shown for scoring. */
  ANALYSIS,
  /** Its execution failed; what it left is no output. */
  FAILED
}
