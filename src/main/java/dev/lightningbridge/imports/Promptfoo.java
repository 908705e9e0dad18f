package dev.lightningbridge.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.PromptPlaces;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What {@code promptfoo eval --output} writes, as JSON or JSON Lines. The score is what a person
 * gave in its viewer. That of assertions is no person's, and is kept as metadata ({@code
 * assertions}); the value of an assertion {@code equals} is what is expected.
 */
final class Promptfoo implements RowFormat {
  private static final String RESULTS = "results";
  private static final Set<String> OF_LINES = Set.of("promptIdx", "testIdx");
  private static final Set<String> KEPT =
      Set.of("latencyMs", "cost", "error", "namedScores", "success");

  /** Whether the members are those of a file or of a line of promptfoo's. */
  static boolean isMade(Set<String> members) {
    return members.containsAll(OF_LINES)
        || (members.contains(RESULTS) && members.contains("evalId"));
  }

  @Override
  public void read(SourceText text, RowTaker taker) throws IOException {
    boolean lines = ImportFormat.firstMembers(text.start().stripLeading()).containsAll(OF_LINES);
    RowFormat rows =
        lines
            ? new JsonRows(Promptfoo::rows)
            : new JsonElements(new JsonElements.Place(List.of(RESULTS, RESULTS), Promptfoo::rows));
    rows.read(text, taker);
  }

  private static List<RawRow> rows(long number, JsonNode result) {
    Map<String, JsonNode> row = new LinkedHashMap<>();
    Map<String, JsonNode> vars = JsonRows.members(result.path("vars"));
    row.putAll(sent(result.path("prompt"), vars));
    JsonNode output = result.path("response").path("output");
    if (!output.isMissingNode() && !output.isNull()) {
      row.put(Field.OUTPUT.word(), Messages.output(output));
    }
    row.put(Field.ID.word(), result.path("id"));
    row.put(Field.MODEL.word(), result.path("provider").path("id"));
    JsonRows.members(result)
        .forEach(
            (name, value) -> {
              if (KEPT.contains(name) && !(value.isContainerNode() && value.isEmpty())) {
                row.put(name, value);
              }
            });
    JsonNode description = result.path("testCase").path("description");
    if (description.isTextual()) {
      row.put(Field.TAG.word(), description);
    }
    graded(result.path("gradingResult"), row);
    row.values().removeIf(value -> value.isMissingNode() || value.isNull());
    return List.of(new RawRow(number, row));
  }

  /** Prompt and input: of messages what they say, else the template and the values in it. */
  private static Map<String, JsonNode> sent(JsonNode prompt, Map<String, JsonNode> vars) {
    String raw = prompt.path("raw").asText("");
    JsonNode messages = messages(raw);
    if (Chat.isMessages(messages)) {
      return Chat.fields(messages);
    }
    String template = template(raw, prompt.path("label").asText(""), vars);
    Map<String, JsonNode> used = new LinkedHashMap<>(vars);
    used.keySet().retainAll(PromptPlaces.in(template));
    Map<String, JsonNode> of = used.isEmpty() ? vars : used;
    Map<String, JsonNode> sent = new LinkedHashMap<>();
    sent.put(Field.PROMPT.word(), TextNode.valueOf(template));
    if (!of.isEmpty()) {
      sent.put(Field.INPUT.word(), Json.mapper().valueToTree(of));
    }
    return sent;
  }

  private static JsonNode messages(String raw) {
    try {
      return raw.stripLeading().startsWith("[")
          ? Json.outside().readTree(raw)
          : TextNode.valueOf(raw);
    } catch (JsonProcessingException e) {
      return TextNode.valueOf(raw);
    }
  }

  /**
   * The prompt with its places. Its label is that, or that after the file's name; where neither
   * gives what was sent, the values are found in it.
   */
  private static String template(String raw, String label, Map<String, JsonNode> vars) {
    Map<String, String> values = new LinkedHashMap<>();
    vars.forEach((name, v) -> values.put(name, v.isTextual() ? v.textValue() : v.toString()));
    for (String maybe : List.of(label, label.replaceFirst("(?s)^.*?: ", ""))) {
      if (PromptPlaces.filled(maybe, values).strip().equals(raw.strip())) {
        return maybe;
      }
    }
    String template = raw;
    for (Map.Entry<String, String> value : values.entrySet()) {
      if (value.getValue().length() > 2) {
        template = template.replace(value.getValue(), "{{" + value.getKey() + "}}");
      }
    }
    return template;
  }

  private static void graded(JsonNode grading, Map<String, JsonNode> row) {
    for (JsonNode part : grading.path("componentResults")) {
      JsonNode assertion = part.path("assertion");
      switch (assertion.path("type").asText("")) {
        case "human" -> {
          row.put(Field.SCORE.word(), part.path("score"));
          row.put(Field.COMMENT.word(), grading.path("comment"));
        }
        case "equals" -> row.put(Field.EXPECTED.word(), assertion.path("value"));
        default -> {
          // What a rule or a model said is none of a person's.
        }
      }
    }
    if (!row.containsKey(Field.SCORE.word()) && grading.path("score").isNumber()) {
      row.put("assertions", grading.path("score"));
    }
  }
}
