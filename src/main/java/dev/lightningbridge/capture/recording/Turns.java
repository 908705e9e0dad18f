package dev.lightningbridge.capture.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.InputShape;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.imports.Chat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a call: the system's are the prompt. One of a user alone is the input; of more
 * the input is the conversation as one text, as with tasks.
 *
 * @param conversation all but the prompt's, as they were sent; null where there is but one
 */
record Turns(String prompt, String input, @Nullable ArrayNode conversation) {
  static Turns of(JsonNode messages) {
    List<String> prompt = new ArrayList<>();
    ArrayNode others = Json.mapper().createArrayNode();
    for (JsonNode message : messages) {
      String role = role(message);
      if (role.equals("system") || role.equals("developer")) {
        prompt.add(Chat.text(message.path("content")));
      } else {
        others.add(message);
      }
    }
    boolean alone = others.size() == 1 && role(others.get(0)).equals("user");
    return new Turns(
        String.join("\n\n", prompt),
        alone ? Chat.text(others.get(0).path("content")) : text(others),
        alone ? null : others);
  }

  private static String text(ArrayNode messages) {
    List<Message> turns = new ArrayList<>();
    boolean asked = false;
    for (JsonNode message : messages) {
      String text = Chat.text(message.path("content"));
      JsonNode calls = message.path("tool_calls");
      String role = role(message);
      asked |= role.equals("user") && !text.isBlank();
      String said = calls.isEmpty() ? text : (text + "\n" + calls).strip();
      turns.add(new Message(role.isEmpty() ? "unknown" : role, said));
    }
    return asked ? new InputShape.Chat(turns).text() : "";
  }

  private static String role(JsonNode message) {
    return message.path("role").asText("").toLowerCase(Locale.ROOT);
  }
}
