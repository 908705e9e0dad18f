package dev.lightningbridge.corpus;

import org.jspecify.annotations.Nullable;

/**
 * An input that a person gave for a session's agents: a row of test_cases or context_examples.
 *
 * @param expected the output wanted; only context examples have one
 */
public record TestCase(
    String id,
    String sessionId,
    String name,
    String input,
    @Nullable String expected,
    long createdAt) {}
