package dev.lightningbridge.capture.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.corpus.CapturedCall;
import dev.lightningbridge.corpus.ToolUse;
import dev.lightningbridge.imports.Chat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call and its answer in the words of OpenAI's API, masked already.
 *
 * @param call the request, with its messages and settings
 * @param message the answer, with its content and calls of tools
 * @param model that answered
 */
record SaidCall(ObjectNode call, JsonNode message, String model) {
  private static final List<String> SETTINGS =
      List.of("temperature", "max_tokens", "max_completion_tokens", "top_p");

  /** Where and when it was made. */
  record Origin(String attemptId, @Nullable String traceId, long at, long durationMs) {}

  /** Tokens; null where nobody counted them. */
  record Tokens(@Nullable Long prompt, @Nullable Long completion) {}

  /**
   * As it is written.
   *
   * @param watched tools whose runs are known; where there are none, those that were called
   * @param kept what else is known of it, masked
   */
  CapturedCall from(Origin origin, Tokens tokens, List<ToolUse> watched, Map<String, Object> kept)
      throws Unreadable {
    Turns turns = Turns.of(call.path("messages"));
    if (turns.prompt().isBlank()) {
      throw new Unreadable(Unrecorded.NO_PROMPT, null);
    }
    if (turns.input().isBlank()) {
      throw new Unreadable(Unrecorded.NO_INPUT, null);
    }
    JsonNode toolCalls = message.path("tool_calls");
    String text = Chat.text(message.path("content"));
    if (text.isBlank() && toolCalls.isEmpty()) {
      throw new Unreadable(Unrecorded.NO_ANSWER, null);
    }
    Map<String, Object> all = new LinkedHashMap<>(kept);
    keep(turns, all);
    if (!text.isBlank() && !toolCalls.isEmpty()) {
      all.put("toolCalls", toolCalls.toString());
    }
    return new CapturedCall(
        origin.attemptId(),
        origin.traceId(),
        turns.prompt(),
        turns.input(),
        text.isBlank() ? toolCalls.toString() : text,
        model,
        origin.at(),
        origin.durationMs(),
        tokens.prompt(),
        tokens.completion(),
        watched.isEmpty() ? names(toolCalls).stream().map(ToolUse::of).toList() : watched,
        all);
  }

  private void keep(Turns turns, Map<String, Object> kept) {
    ArrayNode messages = turns.conversation();
    if (messages != null) {
      kept.put("messages", messages.toString());
    }
    for (String name : SETTINGS) {
      if (call.path(name).isNumber()) {
        kept.put(name, call.path(name).asDouble());
      }
    }
    List<String> offered = names(call.path("tools"));
    if (!offered.isEmpty()) {
      kept.put("tools", offered);
    }
  }

  /** The names of functions that are offered, or called. */
  private static List<String> names(JsonNode tools) {
    List<String> names = new ArrayList<>();
    tools.forEach(
        tool -> {
          String name = tool.path("function").path("name").asText("");
          if (!name.isEmpty()) {
            names.add(name);
          }
        });
    return names;
  }
}
