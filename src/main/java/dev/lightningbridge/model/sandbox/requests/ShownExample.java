package dev.lightningbridge.model.sandbox.requests;

/**
 * A run of an agent that a request shows.
 *
 * @param around what else is said about it, such as a reviewer's words
 */
public record ShownExample(String input, String output, String around) {
  public ShownExample withMoreAround(String more) {
    return new ShownExample(input, output, around + "\n" + more);
  }
}
