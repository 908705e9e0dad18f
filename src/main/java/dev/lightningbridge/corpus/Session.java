package dev.lightningbridge.corpus;

import org.jspecify.annotations.Nullable;

/**
 * A session: what people are training agents for.
 *
 * @param need what the agent is for
 * @param inputPrompt the one test input of the moment; earlier ones stand in the attempts
 * @param createdAt milliseconds since the epoch, as every time in this package
 */
public record Session(
    String id,
    String name,
    String need,
    @Nullable String constraints,
    @Nullable String inputPrompt,
    long createdAt) {}
