package dev.lightningbridge.model.sandbox;

/**
 * A run of an agent that a request shows.
 *
 * @param around what else is said about it, such as a reviewer's words
 */
record Example(String input, String output, String around) {
  Example withMoreAround(String more) {
    return new Example(input, output, around + "\n" + more);
  }
}
