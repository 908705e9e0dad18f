package dev.lightningbridge.optimize;

import org.jspecify.annotations.Nullable;

/**
 * What a person said or chose about the agent, for critics to read beside the rollouts.
 *
 * @param input what the agent was given where the words are about an output; null where unknown
 * @param output what it answered, with the prompt of that time; null where unknown
 * @param reward the person's score of that output, 0 to 1; null where there is none
 */
public record HumanNote(
    Kind kind,
    String text,
    @Nullable String input,
    @Nullable String output,
    @Nullable Double reward) {
  /** How the words were given. */
  public enum Kind {
    /** To a score of one output. */
    COMMENT("Human comment"),
    /** For one evolution of the agent. */
    DIRECTIVE("Human directive"),
    /** By preferring one output to another. */
    CHOICE("Human choice"),
    /** By scores of what the app changed, put into words by a model. */
    INSIGHT("Learned insight");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** How critics are told that these are a person's words. */
    public String label() {
      return label;
    }
  }
}
