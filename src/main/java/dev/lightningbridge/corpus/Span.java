package dev.lightningbridge.corpus;

import org.jspecify.annotations.Nullable;

/**
 * A recorded step of an attempt; only agents with a flow have them.
 *
 * @param type llm_call, tool_call, tool_result, reasoning or output
 */
public record Span(
    String id,
    String attemptId,
    int sequence,
    String type,
    @Nullable String input,
    @Nullable String output,
    @Nullable String modelId,
    @Nullable String toolName,
    @Nullable String toolArgs,
    @Nullable String toolResult,
    @Nullable String toolError,
    @Nullable Long durationMs,
    long createdAt) {}
