package dev.lightningbridge.corpus;

import org.jspecify.annotations.Nullable;

/**
 * An input that a person gave for a session's agents: a row of test_cases or context_examples.
 *
 * @param expected the output wanted; only context examples have one
 * @param json whether that is JSON (a number, a list, an object) and not a text
 * @param tag the group that it belongs to, where an import said one
 */
public record TestCase(
    String id,
    String sessionId,
    String name,
    String input,
    @Nullable String expected,
    long createdAt,
    boolean json,
    @Nullable String tag) {
  /** One that the app itself has written. */
  public TestCase(
      String id,
      String sessionId,
      String name,
      String input,
      @Nullable String expected,
      long createdAt) {
    this(id, sessionId, name, input, expected, createdAt, false, null);
  }
}
