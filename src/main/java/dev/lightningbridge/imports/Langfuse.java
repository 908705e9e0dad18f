package dev.lightningbridge.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Traces and observations as Langfuse exports them and its API gives them: a list, a line each, or
 * pages with {@code data}. Input and output are those of the trace; prompt and model, and what the
 * trace does not say, are those of its last generation. What people scored comes before what came
 * over the API; scores of its own evaluators are kept as metadata, as are all further ones.
 */
final class Langfuse implements RowFormat {
  private static final String DATA = "data";

  /** Members that nothing but Langfuse's files have, as its API and as its exports write them. */
  private static final Set<String> OWN =
      Set.of(
          "projectId",
          "project_id",
          "htmlPath",
          "bookmarked",
          "traceId",
          "trace_id",
          "observations",
          "parentObservationId",
          "parent_observation_id");

  private static final Map<String, Field> FIELDS =
      Map.of(
          "id", Field.ID,
          "timestamp", Field.TIME,
          "startTime", Field.TIME,
          "start_time", Field.TIME,
          "model", Field.MODEL);

  /** Whether the members are those of a trace, an observation or a page of them. */
  static boolean isMade(Set<String> members) {
    return (members.contains(DATA) && members.contains("meta"))
        || (members.contains("input")
            && members.contains("output")
            && members.stream().anyMatch(OWN::contains));
  }

  @Override
  public void read(SourceText text, RowTaker taker) throws IOException {
    boolean pages = ImportFormat.firstMembers(text.start().stripLeading()).contains(DATA);
    RowFormat rows =
        pages
            ? new JsonElements(new JsonElements.Place(List.of(DATA), Langfuse::rows))
            : new JsonRows(Langfuse::rows);
    rows.read(text, taker);
  }

  private static List<RawRow> rows(long number, JsonNode node) {
    String type = node.path("type").asText("");
    if (!type.isEmpty() && !type.equals("GENERATION")) {
      return List.of(); // A span or an event: a part of a trace.
    }
    Map<String, JsonNode> row = new LinkedHashMap<>();
    generation(node).forEach((name, value) -> said(row, name, value));
    JsonRows.members(node).forEach((name, value) -> said(row, name, value));
    scores(node.path("scores"), row);
    return List.of(new RawRow(number, row));
  }

  private static void said(Map<String, JsonNode> row, String name, JsonNode value) {
    switch (name) {
      case "input" -> row.putAll(Messages.input(value));
      case "output" -> row.put(Field.OUTPUT.word(), Messages.output(value));
      case "promptName", "prompt_name" -> row.put(Field.VERSION.word(), value);
      case "tags" -> {
        if (!value.isEmpty()) {
          row.put(Field.TAG.word(), TextNode.valueOf(joined(value)));
        }
      }
      case "scores", "observations", "htmlPath", "type" -> {
        // Read elsewhere, or of no use outside of Langfuse.
      }
      default -> row.put(FIELDS.containsKey(name) ? FIELDS.get(name).word() : named(name), value);
    }
  }

  /** Its own names that would be taken for a field of ours. */
  private static String named(String name) {
    return Field.meant(name).isPresent() ? "langfuse." + name : name;
  }

  /** What the last generation of a trace says of how it came to be. */
  private static Map<String, JsonNode> generation(JsonNode trace) {
    JsonNode last = null;
    for (JsonNode observation : trace.path("observations")) {
      boolean later =
          last == null
              || observation
                      .path("startTime")
                      .asText("")
                      .compareTo(last.path("startTime").asText(""))
                  >= 0;
      last = observation.path("type").asText("").equals("GENERATION") && later ? observation : last;
    }
    Map<String, JsonNode> said = new LinkedHashMap<>();
    if (last != null) {
      for (String name : List.of("input", "output", "model", "promptName")) {
        if (!last.path(name).isMissingNode() && !last.path(name).isNull()) {
          said.put(name, last.path(name));
        }
      }
    }
    return said;
  }

  private static String joined(JsonNode tags) {
    StringBuilder joined = new StringBuilder();
    tags.forEach(tag -> joined.append(joined.isEmpty() ? "" : ", ").append(tag.asText()));
    return joined.toString();
  }

  private static void scores(JsonNode scores, Map<String, JsonNode> row) {
    JsonNode best = null;
    for (JsonNode score : scores) {
      best = rank(score) > rank(best) ? score : best;
    }
    for (JsonNode score : scores) {
      if (score.equals(best)) {
        row.put(Field.SCORE.word(), value(score));
        if (!score.path("comment").asText("").isBlank()) {
          row.put(Field.COMMENT.word(), score.path("comment"));
        }
        row.put("score name", score.path("name"));
      } else if (score.isObject() && score.has("name")) {
        row.putIfAbsent("score." + score.path("name").asText(), value(score));
      }
    }
  }

  /** What a person gave in Langfuse, what came over its API, and nothing else. */
  private static int rank(@Nullable JsonNode score) {
    return switch (score == null ? "" : score.path("source").asText("")) {
      case "ANNOTATION" -> 2;
      case "API" -> 1;
      default -> 0;
    };
  }

  private static JsonNode value(JsonNode score) {
    return score.path("dataType").asText("").equals("CATEGORICAL") || score.path("value").isNull()
        ? score.path("stringValue")
        : score.path("value");
  }
}
