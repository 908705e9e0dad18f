package dev.lightningbridge.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lightningbridge.common.Json;
import java.util.Map;
import java.util.Optional;

/** What tools that watch models record of a call: what was sent, and what was answered. */
final class Messages {
  private Messages() {}

  /** The fields that an input says: a text, messages, or a function's arguments. */
  static Map<String, JsonNode> input(JsonNode given) {
    JsonNode node = unquoted(given);
    if (node.path(Chat.MESSAGES).isArray()) {
      return input(node.path(Chat.MESSAGES));
    }
    if (node.isArray() && Chat.isMessages(node)) {
      return Chat.fields(plain(node));
    }
    if (node.path("args").isArray() && node.path("kwargs").isObject()) {
      JsonNode args = node.path("args");
      JsonNode kwargs = node.path("kwargs");
      return args.size() == 1 && kwargs.isEmpty()
          ? input(args.get(0))
          : args.isEmpty() && kwargs.size() == 1
              ? input(kwargs.iterator().next())
              : Map.of(Field.INPUT.word(), args.isEmpty() ? kwargs : node);
    }
    return Map.of(Field.INPUT.word(), node);
  }

  /** The text that was answered: itself, a message's, or the first choice's. */
  static JsonNode output(JsonNode given) {
    JsonNode node = reply(given);
    return node.has("role") ? TextNode.valueOf(Chat.text(plain(node).path("content"))) : node;
  }

  /**
   * The message that was answered: itself, the first choice's, or the last of several; or else the
   * text.
   */
  static JsonNode reply(JsonNode given) {
    JsonNode node = unquoted(given);
    if (node.path("choices").isArray() && !node.path("choices").isEmpty()) {
      node = node.path("choices").get(0);
    }
    if (node.path("message").has("role")) {
      node = node.path("message");
    }
    return node.isArray() && Chat.isMessages(node) ? node.get(node.size() - 1) : node;
  }

  /** A prompt's text: itself, or that of its parts, which may be JSON in a text. */
  static String prompt(JsonNode given) {
    JsonNode parts = given.isTextual() ? json(given.textValue()).orElse(given) : given;
    return parts.isArray() && !parts.isEmpty() && parts.get(0).has("type")
        ? text(parts)
        : given.asText();
  }

  private static String text(JsonNode parts) {
    ObjectNode message = Json.mapper().createObjectNode();
    message.set("parts", parts);
    return Chat.text(plain(message).path("content"));
  }

  /** Messages whose parts stand as OpenTelemetry has them, in the form of OpenAI's. */
  static JsonNode plain(JsonNode node) {
    if (node.isArray()) {
      ArrayNode plain = Json.mapper().createArrayNode();
      node.forEach(message -> plain.add(plain(message)));
      return plain;
    }
    if (!node.path("parts").isArray()) {
      return node;
    }
    ObjectNode message = node.deepCopy();
    ArrayNode content = Json.mapper().createArrayNode();
    for (JsonNode part : message.remove("parts")) {
      switch (part.path("type").asText("")) {
        case "text" -> text(content, part.path("content"));
        case "tool_call" -> call(message.withArray("tool_calls"), part);
        case "tool_call_response" ->
            text(content, part.has("result") ? part.path("result") : part.path("response"));
        default -> {}
      }
    }
    return message.set("content", content);
  }

  private static void text(ArrayNode content, JsonNode text) {
    content
        .addObject()
        .put("type", "text")
        .put("text", text.isTextual() ? text.textValue() : text.toString());
  }

  private static void call(ArrayNode calls, JsonNode part) {
    JsonNode arguments = part.path("arguments");
    calls
        .addObject()
        .put("id", part.path("id").asText(""))
        .put("type", "function")
        .putObject("function")
        .put("name", part.path("name").asText(""))
        .put("arguments", arguments.isTextual() ? arguments.textValue() : arguments.toString());
  }

  /** What a text holds that is JSON itself; attributes of spans are texts. */
  static JsonNode unquoted(JsonNode node) {
    return node.isTextual()
        ? json(node.textValue()).filter(j -> !j.isEmpty() && isCall(j)).orElse(node)
        : node;
  }

  /** The object or list that a text is; empty where it is none. */
  static Optional<JsonNode> json(String text) {
    String stripped = text.strip();
    if (!stripped.startsWith("{") && !stripped.startsWith("[")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.outside().readTree(stripped));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** An output that happens to be JSON stays the text that it is. */
  private static boolean isCall(JsonNode node) {
    return node.isArray()
        ? node.get(0).has("role") || node.get(0).has("parts") || node.get(0).has("message")
        : node.has(Chat.MESSAGES)
            || (node.has("role") && (node.has("content") || node.has("parts")))
            || node.has("choices")
            || (node.has("args") && node.has("kwargs"));
  }
}
