package dev.lightningbridge.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import org.jspecify.annotations.Nullable;

/** A whole answer as the server-sent events of a streamed one. */
final class ChatStream {
  private ChatStream() {}

  /**
   * @param withUsage whether the caller asked for a last chunk with the usage
   */
  static String of(ChatAnswer answer, boolean withUsage) {
    StringBuilder events = new StringBuilder();
    for (JsonNode choice : answer.body().path("choices")) {
      add(events, chunk(answer, withUsage, choice, delta(choice.path("message")), null));
      add(
          events,
          chunk(
              answer,
              withUsage,
              choice,
              Json.mapper().createObjectNode(),
              choice.path("finish_reason").asText("stop")));
    }
    if (withUsage) {
      ObjectNode last = envelope(answer);
      last.putArray("choices");
      last.putObject("usage")
          .put("prompt_tokens", answer.usage().promptTokens())
          .put("completion_tokens", answer.usage().completionTokens())
          .put("total_tokens", answer.usage().totalTokens());
      add(events, last);
    }
    return events.append("data: [DONE]\n\n").toString();
  }

  private static void add(StringBuilder events, ObjectNode chunk) {
    events.append("data: ").append(Json.write(chunk)).append("\n\n");
  }

  /** The message as its first and only delta; tool calls are numbered there. */
  private static ObjectNode delta(JsonNode message) {
    ObjectNode delta =
        message.isObject() ? message.<ObjectNode>deepCopy() : Json.mapper().createObjectNode();
    delta.put("role", "assistant");
    if (delta.get("tool_calls") instanceof ArrayNode calls) {
      for (int i = 0; i < calls.size(); i++) {
        if (calls.get(i) instanceof ObjectNode call) {
          call.put("index", i);
        }
      }
    }
    return delta;
  }

  private static ObjectNode chunk(
      ChatAnswer answer,
      boolean withUsage,
      JsonNode choice,
      ObjectNode delta,
      @Nullable String finishReason) {
    ObjectNode chunk = envelope(answer);
    ObjectNode part = chunk.putArray("choices").addObject();
    part.put("index", choice.path("index").asInt(0));
    part.set("delta", delta);
    part.put("finish_reason", finishReason);
    if (withUsage) {
      chunk.putNull("usage");
    }
    return chunk;
  }

  private static ObjectNode envelope(ChatAnswer answer) {
    JsonNode body = answer.body();
    return Json.mapper()
        .createObjectNode()
        .put("id", body.path("id").asText("chatcmpl-lightning-bridge"))
        .put("object", "chat.completion.chunk")
        .put("created", body.path("created").asLong(0))
        .put("model", body.path("model").asText(""));
  }
}
