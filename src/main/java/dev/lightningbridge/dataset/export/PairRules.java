package dev.lightningbridge.dataset.export;

/**
 * Which two outputs make a preference pair.
 *
 * @param minMargin how many points the chosen output's score must be above the rejected one's
 * @param crossInput whether the two may answer different inputs of the session; the prompt is then
 *     the chosen one's
 * @param maxPerInput the most pairs of one input, widest margins first
 */
public record PairRules(int minMargin, boolean crossInput, int maxPerInput) {
  public static final PairRules DEFAULT = new PairRules(3, false, 20);

  public PairRules {
    if (minMargin < 1 || minMargin > 9 || maxPerInput < 1) {
      throw new IllegalArgumentException("a margin is 1 to 9, and at least one pair is made");
    }
  }
}
