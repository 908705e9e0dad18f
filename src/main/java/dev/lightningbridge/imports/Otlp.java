package dev.lightningbridge.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lightningbridge.common.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Spans of model calls in OTLP JSON, as collectors and exporters write it to files. What was said
 * is read in each way in which it has been recorded: as {@code gen_ai.input.messages} (semantic
 * conventions from 1.37), as numbered attributes ({@code gen_ai.prompt.0.content}), and as events
 * of the span. A score is an event {@code gen_ai.evaluation.result}.
 */
final class Otlp {
  /** The member by which such a document is told. */
  static final String ROOT = "resourceSpans";

  private static final Set<String> CALLS = Set.of("chat", "text_completion", "generate_content");
  private static final Pattern NUMBERED =
      Pattern.compile("gen_ai\\.(prompt|completion)\\.(\\d{1,4})\\.(role|content)");
  private static final Map<String, String> ROLES =
      Map.of(
          "gen_ai.system.message", "system",
          "gen_ai.user.message", "user",
          "gen_ai.assistant.message", "assistant",
          "gen_ai.tool.message", "tool");

  private Otlp() {}

  static RowFormat format() {
    return new JsonElements(List.of(ROOT, "scopeSpans", "spans"), Otlp::rows);
  }

  private static List<RawRow> rows(long number, JsonNode span) {
    Map<String, JsonNode> attributes = attributes(span.path("attributes"));
    if (!isCall(attributes)) {
      return List.of();
    }
    Said said = new Said();
    Map<String, JsonNode> row = new LinkedHashMap<>();
    attributes.forEach(
        (name, value) -> {
          if (!said.attribute(name, value)) {
            row.put(name, value);
          }
        });
    for (JsonNode event : span.path("events")) {
      said.event(event.path("name").asText(""), attributes(event.path("attributes")), row);
    }
    row.putAll(said.fields());
    JsonNode model = attributes.get("gen_ai.response.model");
    model = model == null ? attributes.get("gen_ai.request.model") : model;
    if (model != null) {
      row.put(Field.MODEL.word(), model);
    }
    row.put(Field.ID.word(), TextNode.valueOf(text(span, "traceId") + "/" + text(span, "spanId")));
    row.put(Field.TIME.word(), TextNode.valueOf(text(span, "startTimeUnixNano")));
    return List.of(new RawRow(number, row));
  }

  private static String text(JsonNode span, String name) {
    return span.path(name).asText("");
  }

  /** A call of a model, or a span of an older kind that says what was sent to one. */
  private static boolean isCall(Map<String, JsonNode> attributes) {
    JsonNode operation = attributes.get("gen_ai.operation.name");
    return operation == null
        ? attributes.keySet().stream().anyMatch(name -> name.startsWith("gen_ai.prompt."))
        : CALLS.contains(operation.asText());
  }

  private static Map<String, JsonNode> attributes(JsonNode list) {
    Map<String, JsonNode> attributes = new LinkedHashMap<>();
    list.forEach(a -> attributes.put(a.path("key").asText(""), value(a.path("value"))));
    return attributes;
  }

  private static JsonNode value(JsonNode any) {
    if (any.has("arrayValue")) {
      ArrayNode list = Json.mapper().createArrayNode();
      any.path("arrayValue").path("values").forEach(item -> list.add(value(item)));
      return list;
    }
    if (any.has("kvlistValue")) {
      ObjectNode object = Json.mapper().createObjectNode();
      attributes(any.path("kvlistValue").path("values")).forEach(object::set);
      return object;
    }
    return any.isObject() && !any.isEmpty() ? any.iterator().next() : TextNode.valueOf("");
  }

  /** What a span says was sent and answered. */
  private static final class Said {
    private final Map<Integer, ObjectNode> sent = new java.util.TreeMap<>();
    private final Map<Integer, ObjectNode> answered = new java.util.TreeMap<>();
    private final Map<String, JsonNode> fields = new LinkedHashMap<>();

    /** Takes what an attribute says; tells whether it is of what was said. */
    boolean attribute(String name, JsonNode value) {
      Matcher numbered = NUMBERED.matcher(name);
      if (numbered.matches()) {
        Map<Integer, ObjectNode> messages = numbered.group(1).equals("prompt") ? sent : answered;
        messages
            .computeIfAbsent(
                Integer.valueOf(numbered.group(2)), n -> Json.mapper().createObjectNode())
            .set(numbered.group(3), value);
        return true;
      }
      switch (name) {
        case "gen_ai.input.messages", "gen_ai.prompt" -> sent(value);
        case "gen_ai.output.messages", "gen_ai.completion" -> answered(value);
        case "gen_ai.system_instructions" -> {
          JsonNode parts = Messages.unquoted(value);
          ObjectNode system = Json.mapper().createObjectNode().put("role", "system");
          system.set("parts", parts);
          fields.put(
              Field.PROMPT.word(),
              parts.isArray()
                  ? TextNode.valueOf(Chat.text(Messages.plain(system).path("content")))
                  : parts);
        }
        default -> {
          return false;
        }
      }
      return true;
    }

    private void sent(JsonNode value) {
      Messages.input(value).forEach(fields::putIfAbsent);
    }

    private void answered(JsonNode value) {
      fields.put(Field.OUTPUT.word(), Messages.output(value));
    }

    void event(String name, Map<String, JsonNode> says, Map<String, JsonNode> row) {
      if (ROLES.containsKey(name)) {
        ObjectNode message = Json.mapper().createObjectNode().put("role", ROLES.get(name));
        sent.put(
            sent.size(),
            message.set("content", says.getOrDefault("content", TextNode.valueOf(""))));
      } else if (name.equals("gen_ai.choice")) {
        says.entrySet().stream()
            .filter(a -> a.getKey().equals("message") || a.getKey().equals("content"))
            .forEach(a -> answered(a.getValue()));
      } else if (name.equals("gen_ai.evaluation.result")) {
        evaluation(says, row);
      } else {
        says.forEach(this::attribute);
      }
    }

    /** The first score is the row's; all are kept under their names. */
    private static void evaluation(Map<String, JsonNode> says, Map<String, JsonNode> row) {
      JsonNode value = says.get("gen_ai.evaluation.score.value");
      value = value == null ? says.get("gen_ai.evaluation.score.label") : value;
      if (value == null) {
        return;
      }
      JsonNode name = says.getOrDefault("gen_ai.evaluation.name", TextNode.valueOf("score"));
      if (row.putIfAbsent(Field.SCORE.word(), value) != null) {
        row.putIfAbsent("score." + name.asText(), value);
        return;
      }
      row.put("score name", name);
      JsonNode why = says.get("gen_ai.evaluation.explanation");
      if (why != null) {
        row.put(Field.COMMENT.word(), why);
      }
    }

    Map<String, JsonNode> fields() {
      if (!sent.isEmpty()) {
        ArrayNode messages = Json.mapper().createArrayNode();
        messages.addAll(sent.values());
        sent(messages);
      }
      if (!answered.isEmpty()) {
        answered(answered.values().iterator().next());
      }
      return fields;
    }
  }
}
