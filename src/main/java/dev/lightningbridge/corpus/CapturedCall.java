package dev.lightningbridge.corpus;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call of a running application's agent, to be written as if the app had run it.
 *
 * @param attemptId what the application was told
 * @param traceId what several calls of one task have in common; null for a call by itself
 * @param prompt the system's messages
 * @param input the user's text, or of a conversation its turns as one text
 * @param output not blank: the text, or the calls of tools as JSON
 * @param at when it was made, in milliseconds since the epoch
 * @param promptTokens null where nobody counted them, as {@code completionTokens}
 * @param tools that were called, in that order
 * @param kept what else is known of it, by name: texts, numbers, booleans, lists and maps
 */
public record CapturedCall(
    String attemptId,
    @Nullable String traceId,
    String prompt,
    String input,
    String output,
    String model,
    long at,
    long durationMs,
    @Nullable Long promptTokens,
    @Nullable Long completionTokens,
    List<ToolUse> tools,
    Map<String, Object> kept) {}
