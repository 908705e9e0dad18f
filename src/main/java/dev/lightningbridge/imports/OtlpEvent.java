package dev.lightningbridge.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lightningbridge.common.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened during a span: an event of the span's own, or one that came as a log
 * record.
 *
 * @param says its attributes and what its body holds, as plain JSON
 */
public record OtlpEvent(String name, Map<String, JsonNode> says) {
  private static final Map<String, String> ROLES =
      Map.of(
          "gen_ai.system.message", "system",
          "gen_ai.user.message", "user",
          "gen_ai.assistant.message", "assistant",
          "gen_ai.tool.message", "tool");
  private static final String CHOICE = "gen_ai.choice";
  private static final String DETAILS = "gen_ai.client.inference.operation.details";
  private static final String SCORE = "gen_ai.evaluation.result";

  private static final String ROLE = "role";
  private static final String CONTENT = "content";
  private static final String CALLS = "tool_calls";

  /** An event of a span. */
  static OtlpEvent of(JsonNode node) {
    return new OtlpEvent(
        node.path("name").asText(""), OtlpValues.attributes(node.path("attributes")));
  }

  /** Whether an event of this name tells what was said. */
  static boolean isSaid(String name) {
    return ROLES.containsKey(name) || name.equals(CHOICE) || name.equals(DETAILS);
  }

  /** Whether it gives a score. */
  public boolean isScore() {
    return name.equals(SCORE);
  }

  /** The message that was sent, in the form of OpenAI's; null where it tells of none. */
  @Nullable ObjectNode sent() {
    String role = ROLES.get(name);
    if (role == null) {
      return null;
    }
    ObjectNode message = Json.mapper().createObjectNode();
    message.set(ROLE, says.getOrDefault(ROLE, TextNode.valueOf(role)));
    message.set(CONTENT, says.getOrDefault(CONTENT, TextNode.valueOf("")));
    copy(CALLS, CALLS, message);
    if (role.equals("tool")) {
      copy("id", "tool_call_id", message);
    }
    return message;
  }

  private void copy(String from, String to, ObjectNode message) {
    JsonNode value = says.get(from);
    if (value != null) {
      message.set(to, value);
    }
  }

  /** The answer, as it stands in a choice; null where it is none. */
  @Nullable JsonNode answered() {
    JsonNode message = says.getOrDefault("message", says.get(CONTENT));
    if (!name.equals(CHOICE) || (message == null && !says.containsKey(CALLS))) {
      return null;
    }
    if (message != null && !message.isObject()) {
      return message;
    }
    ObjectNode whole = Json.mapper().createObjectNode().put(ROLE, "assistant");
    copy(CALLS, CALLS, whole);
    return message == null ? whole : whole.setAll((ObjectNode) message);
  }

  /** Whether it is the first of the choices that a call was answered with. */
  boolean isFirst() {
    return says.getOrDefault("index", TextNode.valueOf("0")).asInt(0) == 0;
  }
}
