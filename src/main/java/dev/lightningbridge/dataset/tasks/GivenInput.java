package dev.lightningbridge.dataset.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.DatasetError;
import dev.lightningbridge.dataset.InputShape;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.RawJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An input as JSON gives it: a text, a conversation, or values by their names. A conversation of
 * one message of the user's is that text. The system's message that it may begin with is left out:
 * the prompt that is tried stands in its place. An answer that it ends with is what is expected.
 *
 * @param shape null for a text
 * @param answer what the assistant said last; null where it did not
 * @param hadSystem whether a system's message was left out
 */
public record GivenInput(
    String text, @Nullable InputShape shape, @Nullable String answer, boolean hadSystem) {
  private static final Set<String> SPEAKERS = Set.of("user", "assistant", "tool");
  private static final Set<String> SYSTEM = Set.of("system", "developer");

  /**
   * Reads it from JSON as it was written.
   *
   * @throws TaskJson.Invalid where it is none, or holds what is not sent
   */
  public static GivenInput of(@Nullable String raw) throws TaskJson.Invalid {
    JsonNode node = raw == null ? MissingNode.getInstance() : Json.read(raw, JsonNode.class);
    if (node.isTextual() && !node.textValue().isBlank()) {
      return new GivenInput(node.textValue(), null, null, false);
    }
    if (node.isArray() && !node.isEmpty()) {
      return node.get(0).has("role") ? chat(node) : ofText(parts(node));
    }
    if (node.isObject() && !node.isEmpty()) {
      JsonNode messages = node.path("messages");
      return node.size() == 1 && messages.isArray()
          ? of(messages.toString())
          : values(String.valueOf(raw));
    }
    throw new TaskJson.Invalid(
        DatasetError.TASK_WITHOUT_INPUT,
        "\"input\" is no text with content, no list of messages and no object of values");
  }

  private static GivenInput ofText(String text) throws TaskJson.Invalid {
    if (text.isBlank()) {
      throw new TaskJson.Invalid(DatasetError.TASK_WITHOUT_INPUT, "the input is empty");
    }
    return new GivenInput(text, null, null, false);
  }

  private static GivenInput chat(JsonNode node) throws TaskJson.Invalid {
    List<Message> messages = new ArrayList<>();
    boolean hadSystem = false;
    for (JsonNode message : node) {
      String role = message.path("role").asText("");
      if (SYSTEM.contains(role) && messages.isEmpty()) {
        hadSystem = true;
      } else if (SPEAKERS.contains(role)) {
        messages.add(new Message(role, content(message)));
      } else {
        throw unusable("a message of the role \"%s\" stands in it".formatted(role));
      }
    }
    String answer = null;
    if (!messages.isEmpty() && messages.getLast().role().equals("assistant")) {
      answer = messages.removeLast().content();
    }
    if (messages.isEmpty() || messages.stream().noneMatch(m -> m.role().equals("user"))) {
      throw new TaskJson.Invalid(
          DatasetError.TASK_WITHOUT_INPUT, "no message of the user's is there to be answered");
    }
    InputShape.Chat chat = new InputShape.Chat(messages);
    return messages.size() == 1
        ? new GivenInput(messages.getFirst().content(), null, answer, hadSystem)
        : new GivenInput(chat.text(), chat, answer, hadSystem);
  }

  private static String content(JsonNode message) throws TaskJson.Invalid {
    JsonNode content = message.path("content");
    String text = content.isArray() ? parts(content) : content.isTextual() ? content.asText() : "";
    if (text.isBlank()) {
      throw unusable("a message without a text stands in it");
    }
    return text;
  }

  private static String parts(JsonNode parts) throws TaskJson.Invalid {
    List<String> texts = new ArrayList<>();
    for (JsonNode part : parts) {
      if (!part.path("text").isTextual()) {
        throw unusable(
            part.path("type").isTextual()
                ? "a part of the type \"%s\" stands in it".formatted(part.path("type").asText())
                : "it is a list of neither messages nor texts");
      }
      texts.add(part.path("text").asText());
    }
    return String.join("\n", texts);
  }

  private static GivenInput values(String raw) throws TaskJson.Invalid {
    Map<String, String> values = new LinkedHashMap<>();
    try {
      RawJson.members(raw).forEach((name, value) -> values.put(name, value(value)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("it was read before", e);
    }
    if (values.values().stream().allMatch(String::isBlank)) {
      throw new TaskJson.Invalid(DatasetError.TASK_WITHOUT_INPUT, "none of its values is there");
    }
    InputShape.Values shape = new InputShape.Values(values);
    return new GivenInput(shape.text(), shape, null, false);
  }

  private static String value(String raw) {
    return switch (RawJson.kind(raw)) {
      case VALUE_STRING -> RawJson.text(raw);
      case VALUE_NULL -> "";
      default -> raw;
    };
  }

  private static TaskJson.Invalid unusable(String what) {
    return new TaskJson.Invalid(
        DatasetError.TASK_INPUT_UNUSABLE,
        what + "; only texts of user, assistant and tool are sent");
  }
}
