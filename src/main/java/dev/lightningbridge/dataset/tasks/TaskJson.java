package dev.lightningbridge.dataset.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Check;
import dev.lightningbridge.dataset.DatasetError;
import dev.lightningbridge.dataset.Expected;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A task as JSON: {@code {"id", "input", "expected"?, "checks"?, "session_id"?, "source"?,
 * "tag"?}}. What is written is read back as an equal task. When read, {@code input} alone must be
 * there, a text or a shape ({@link GivenInput}), and the names of other tools ({@link TaskNames})
 * are understood; {@code expected} is what {@link Expected#ofJson} takes; {@code checks} is a list
 * of {@code {"contains":"x"}}, {@code {"matches":"regex"}} and {@code {"json":"a.b","equals":…}}.
 */
public final class TaskJson {
  private TaskJson() {}

  /**
   * Reads one task.
   *
   * @throws Invalid where the text is no task; its code says why
   */
  public static Task read(String text) throws Invalid {
    return read(TaskMembers.of(text));
  }

  static Task read(TaskMembers members) throws Invalid {
    GivenInput given = GivenInput.of(members.raw("input"));
    String input = given.text();
    String id = members.node("id").asText("").strip();
    return new Task(
        id.isEmpty() ? InputKey.of(input).taskId() : id,
        input,
        expected(members.raw("expected"), given.answer()),
        checks(members.node("checks")),
        text(members.node("session_id")),
        source(members.node("source")),
        tag(members.node("tag")),
        given.shape());
  }

  /** Writes one task. */
  public static ObjectNode write(Task task) {
    ObjectNode node = Json.mapper().createObjectNode();
    node.put("id", task.id());
    if (task.shape() == null) {
      node.put("input", task.input());
    } else {
      node.putRawValue("input", new RawValue(task.shape().json()));
    }
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
      case Check.JsonField f ->
          node.put("json", f.path()).putRawValue("equals", new RawValue(f.json()));
    }
  }

  private static @Nullable String text(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    return node.isTextual() ? node.asText() : node.toString();
  }

  private static @Nullable Expected expected(@Nullable String raw, @Nullable String answer)
      throws Invalid {
    return raw == null
        ? Expected.ofText(answer)
        : Expected.ofJson(raw)
            .orElseThrow(
                () ->
                    new Invalid(
                        DatasetError.TASK_EXPECTED_EMPTY,
                        "\"expected\" is empty, so that no output could be right"));
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
