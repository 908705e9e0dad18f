package dev.lightningbridge.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import java.util.Map;
import java.util.TreeMap;

/** A choice of a streamed completion, grown by its deltas. */
final class StreamedChoice {
  private final ObjectNode choice = Json.mapper().createObjectNode();
  private final ObjectNode message = Json.mapper().createObjectNode();
  private final ArrayNode content = Json.mapper().createArrayNode();
  private final Map<String, StringBuilder> texts = new TreeMap<>();
  private final Map<Integer, ObjectNode> calls = new TreeMap<>();

  StreamedChoice(int index) {
    choice.put("index", index);
  }

  void add(JsonNode chunk) {
    for (Map.Entry<String, JsonNode> member : chunk.properties()) {
      switch (member.getKey()) {
        case "delta" -> addDelta(member.getValue());
        case "message" -> {
          if (!chunk.hasNonNull("delta")) {
            texts.clear();
            content.removeAll();
            addDelta(member.getValue());
          }
        }
        case "text" -> addText("content", member.getValue());
        case "index", "logprobs" -> {}
        default -> {
          if (!member.getValue().isNull()) {
            choice.set(member.getKey(), member.getValue());
          }
        }
      }
    }
  }

  boolean isFinished() {
    return !choice.path("finish_reason").asText("").isEmpty();
  }

  private void addDelta(JsonNode delta) {
    for (Map.Entry<String, JsonNode> member : delta.properties()) {
      switch (member.getKey()) {
        case "content" -> addContent(member.getValue());
        case "tool_calls" -> member.getValue().forEach(this::addCall);
        case "function_call" -> addTo(child(message, "function_call"), member.getValue());
        case "role" -> {}
        default -> addText(member.getKey(), member.getValue());
      }
    }
  }

  private void addContent(JsonNode piece) {
    if (piece.isArray()) {
      flush();
      piece.forEach(content::add);
    } else {
      addText("content", piece);
    }
  }

  /** Texts between lists of parts keep their place among them. */
  private void flush() {
    StringBuilder text = texts.remove("content");
    if (text != null) {
      content.addObject().put("type", "text").put("text", text.toString());
    }
  }

  private void addText(String name, JsonNode piece) {
    if (piece.isTextual()) {
      texts.computeIfAbsent(name, n -> new StringBuilder()).append(piece.textValue());
    }
  }

  private void addCall(JsonNode piece) {
    int index = piece.path("index").asInt(calls.size());
    addTo(calls.computeIfAbsent(index, i -> Json.mapper().createObjectNode()), piece);
  }

  private static void addTo(ObjectNode call, JsonNode piece) {
    for (Map.Entry<String, JsonNode> member : piece.properties()) {
      String name = member.getKey();
      JsonNode value = member.getValue();
      if (value.isObject()) {
        addTo(child(call, name), value);
      } else if (name.equals("arguments")) {
        call.put(name, call.path(name).asText("") + value.asText(""));
      } else if (!name.equals("index") && !value.isNull()) {
        call.set(name, value);
      }
    }
  }

  private static ObjectNode child(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode there ? there : parent.putObject(name);
  }

  /** The choice as a completion that is not streamed has it. */
  ObjectNode choice() {
    message.put("role", "assistant");
    if (!content.isEmpty()) {
      flush();
      message.set("content", content);
    }
    texts.forEach((name, text) -> message.put(name, text.toString()));
    if (!calls.isEmpty()) {
      message.putArray("tool_calls").addAll(calls.values());
    }
    choice.set("message", message);
    return choice;
  }
}
