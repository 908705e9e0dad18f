package dev.lightningbridge.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.lightningbridge.common.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A task as JSON: {@code {"id", "input", "expected"?, "checks"?, "session_id"?, "source"?,
 * "tag"?}}. What is written is read back as an equal task. When read, {@code input} alone must be
 * there; {@code expected} is what {@link Expected#ofJson} takes; {@code checks} is a list of {@code
 * {"contains":"x"}}, {@code {"matches":"regex"}} and {@code {"json":"a.b","equals":…}}.
 */
public final class TaskJson {
  private static final ObjectReader EXACT =
      Json.outside().reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private TaskJson() {}

  /**
   * Reads one task.
   *
   * @throws Invalid where the text is no task; its code says why
   */
  public static Task read(String text) throws Invalid {
    JsonNode node;
    try {
      node = EXACT.readTree(text);
    } catch (JsonProcessingException e) {
      throw new Invalid(DatasetError.TASK_LINE_MALFORMED, "no JSON: " + e.getOriginalMessage());
    }
    if (!node.isObject()) {
      throw new Invalid(DatasetError.TASK_LINE_MALFORMED, "no JSON object");
    }
    String input = node.path("input").asText("");
    if (!node.path("input").isTextual() || input.isBlank()) {
      throw new Invalid(DatasetError.TASK_WITHOUT_INPUT, "\"input\" is not a text with content");
    }
    String id = node.path("id").asText("").strip();
    return new Task(
        id.isEmpty() || node.path("id").isNull() ? InputKey.of(input).taskId() : id,
        input,
        expected(node.path("expected"), text),
        checks(node.path("checks")),
        text(node.path("session_id")),
        source(node.path("source")),
        tag(node.path("tag")));
  }

  /** Writes one task. */
  public static ObjectNode write(Task task) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("id", task.id()).put("input", task.input());
    if (task.sessionId() != null) {
      node.put("session_id", task.sessionId());
    }
    node.put("source", task.source().name().toLowerCase(Locale.ROOT));
    if (task.expected() != null) {
      node.putRawValue("expected", new RawValue(task.expected().json()));
    }
    if (!task.checks().isEmpty()) {
      node.set("checks", checks(task.checks()));
    }
    if (task.tag() != null) {
      node.put("tag", task.tag());
    }
    return node;
  }

  /** Writes checks, as a list. */
  public static ArrayNode checks(List<Check> checks) {
    ArrayNode node = Json.mapper().createArrayNode();
    checks.forEach(check -> write(check, node.addObject()));
    return node;
  }

  private static void write(Check check, ObjectNode node) {
    switch (check) {
      case Check.Contains c -> node.put("contains", c.text());
      case Check.Matches m -> node.put("matches", m.regex());
      case Check.JsonField f -> {
        try {
          node.put("json", f.path()).set("equals", EXACT.readTree(f.json()));
        } catch (JsonProcessingException e) {
          throw new IllegalArgumentException("no JSON in a check: " + f.json(), e);
        }
      }
    }
  }

  private static @Nullable String text(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    return node.isTextual() ? node.asText() : node.toString();
  }

  private static @Nullable Expected expected(JsonNode node, String line) throws Invalid {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    try {
      return Expected.ofJson(RawJson.members(line).getOrDefault("expected", ""))
          .orElseThrow(
              () ->
                  new Invalid(
                      DatasetError.TASK_EXPECTED_EMPTY,
                      "\"expected\" is empty, so that no output could be right"));
    } catch (JsonProcessingException e) {
      throw new Invalid(DatasetError.TASK_LINE_MALFORMED, "no JSON: " + e.getOriginalMessage());
    }
  }

  private static @Nullable String tag(JsonNode node) {
    String tag = text(node);
    return tag == null || tag.isBlank() ? null : tag.strip();
  }

  /** Who made the line may have labelled it synthetic; everything else was given by a person. */
  private static TaskSource source(JsonNode node) {
    return node.asText("").equals("synthetic") ? TaskSource.SYNTHETIC : TaskSource.PROVIDED;
  }

  private static List<Check> checks(JsonNode node) throws Invalid {
    if (node.isMissingNode() || node.isNull()) {
      return List.of();
    }
    if (!node.isArray()) {
      throw new Invalid(DatasetError.TASK_CHECK_INVALID, "\"checks\" is no list");
    }
    List<Check> checks = new ArrayList<>();
    for (JsonNode item : node) {
      checks.add(check(item));
    }
    return List.copyOf(checks);
  }

  private static Check check(JsonNode node) throws Invalid {
    if (node.path("contains").isTextual()) {
      return new Check.Contains(node.path("contains").asText());
    }
    if (node.path("matches").isTextual()) {
      String regex = node.path("matches").asText();
      try {
        return new Check.Matches(Pattern.compile(regex).pattern());
      } catch (PatternSyntaxException e) {
        throw new Invalid(
            DatasetError.TASK_CHECK_INVALID, "no regular expression: " + e.getDescription());
      }
    }
    if (node.path("json").isTextual() && node.has("equals")) {
      return new Check.JsonField(node.path("json").asText(), node.path("equals").toString());
    }
    throw new Invalid(
        DatasetError.TASK_CHECK_INVALID,
        "a check has \"contains\", \"matches\" or \"json\" with \"equals\"");
  }

  /** A text that is no task. */
  public static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;

    private final DatasetError code;
    private final String why;

    Invalid(DatasetError code, String why) {
      super(code.id() + ": " + why);
      this.code = code;
      this.why = why;
    }

    public DatasetError code() {
      return code;
    }

    public String why() {
      return why;
    }
  }
}
