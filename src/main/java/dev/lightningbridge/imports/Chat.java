package dev.lightningbridge.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lightningbridge.common.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Conversations as OpenAI's files for fine-tuning hold them: an object with {@code messages}. The
 * system's are the prompt, the last of the user is the input, the assistant's after it the output;
 * what came before is kept as {@code history}.
 */
public final class Chat {
  static final String MESSAGES = "messages";

  private Chat() {}

  static RowFormat format() {
    return new JsonRows(
        (line, object) -> {
          Map<String, JsonNode> values = JsonRows.members(object);
          JsonNode messages = values.remove(MESSAGES);
          if (messages != null) {
            values.putAll(fields(messages));
          }
          return List.of(new RawRow(line, values));
        });
  }

  /** The fields that a list of messages says. */
  static Map<String, JsonNode> fields(JsonNode messages) {
    List<String> prompt = new ArrayList<>();
    ArrayNode history = Json.mapper().createArrayNode();
    int lastUser = -1;
    for (int i = 0; i < messages.size(); i++) {
      if (role(messages.get(i)).equals("user") || role(messages.get(i)).equals("human")) {
        lastUser = i;
      }
    }
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      String role = role(message);
      String text = text(message.path("content"));
      if (isPrompt(message)) {
        prompt.add(text);
      } else if (i == lastUser) {
        fields.put(Field.INPUT.word(), TextNode.valueOf(text));
      } else if (i > lastUser && lastUser >= 0 && role.equals("assistant") && !text.isBlank()) {
        fields.put(Field.OUTPUT.word(), TextNode.valueOf(text));
      } else {
        history.add(message);
      }
    }
    if (!prompt.isEmpty()) {
      fields.put(Field.PROMPT.word(), TextNode.valueOf(String.join("\n\n", prompt)));
    }
    if (!history.isEmpty()) {
      fields.put("history", history);
    }
    return fields;
  }

  /** Whether it is a list of messages with roles. */
  static boolean isMessages(JsonNode node) {
    return node.isArray() && !node.isEmpty() && !role(node.get(0)).isEmpty();
  }

  /** Whether a message is the prompt, or a part of it. */
  static boolean isPrompt(JsonNode message) {
    return role(message).equals("system") || role(message).equals("developer");
  }

  private static String role(JsonNode message) {
    return message.path("role").asText("");
  }

  /** A text, or the texts of its parts. */
  public static String text(JsonNode content) {
    if (!content.isArray()) {
      return content.isTextual() || content.isMissingNode() || content.isNull()
          ? content.asText("")
          : content.toString();
    }
    List<String> parts = new ArrayList<>();
    content.forEach(
        part -> {
          String text = part.isTextual() ? part.asText() : part.path("text").asText("");
          if (!text.isEmpty()) {
            parts.add(text);
          }
        });
    return String.join("\n", parts);
  }
}
