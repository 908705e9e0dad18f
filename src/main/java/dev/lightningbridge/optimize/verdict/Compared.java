package dev.lightningbridge.optimize.verdict;

/**
 * What a sealed test compares, in the words of its verdict.
 *
 * @param winner such as "new prompt"
 * @param baseline such as "current prompt"
 * @param other whose mean reward stands beside the winner's, as a genitive, such as "the current
 *     one's"
 */
public record Compared(String winner, String baseline, String other) {
  /** The prompt that a search found, and the current one. */
  public static final Compared PROMPTS =
      new Compared("new prompt", "current prompt", "the current one's");

  /** A trained model, and what it was made of; not what the agent uses today. */
  public static final Compared MODELS =
      new Compared("trained model", "base model", "that of its base, on the same prompt,");
}
