package dev.lightningbridge.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a conversation with an agent begins that is a prompt alone. A text is the user's message
 * under the prompt; a conversation so far stands under it as it is. Values go into the prompt's
 * places: it is the user's message then; values without a place stand under the prompt as the
 * user's message.
 */
public final class Opening {
  private Opening() {}

  /** The messages, of which an empty prompt is none. */
  public static List<Message> of(String prompt, Task task) {
    InputShape shape = task.shape();
    if (shape == null) {
      return under(prompt, List.of(new Message("user", task.input())));
    }
    return switch (shape) {
      case InputShape.Chat chat -> under(prompt, chat.messages());
      case InputShape.Values values -> filled(prompt, values.values());
    };
  }

  private static List<Message> under(String prompt, List<Message> messages) {
    List<Message> all = new ArrayList<>();
    if (!prompt.isEmpty()) {
      all.add(new Message("system", prompt));
    }
    all.addAll(messages);
    return List.copyOf(all);
  }

  private static List<Message> filled(String prompt, Map<String, String> values) {
    String filled = PromptPlaces.filled(prompt, values);
    Map<String, String> left = new LinkedHashMap<>(values);
    left.keySet().removeAll(PromptPlaces.in(prompt));
    return left.isEmpty()
        ? List.of(new Message("user", filled))
        : under(filled, List.of(new Message("user", new InputShape.Values(left).text())));
  }
}
