package dev.lightningbridge.optimize;

import org.jspecify.annotations.Nullable;

/**
 * How an agent is called with its prompt, as critic and editor are told.
 *
 * @param program whether a program of the user's runs it; else the prompt alone is sent to a model
 * @param answerTokens the most tokens of an answer; null where nothing limits it
 * @param model the name of the agent's model; null where it is not known
 */
public record CallTerms(boolean program, @Nullable Integer answerTokens, @Nullable String model) {
  public static final CallTerms USUAL = new CallTerms(false, null, null);
}
