package dev.lightningbridge.dataset;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.lightningbridge.common.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An input that is more than a text. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({
  @JsonSubTypes.Type(InputShape.Chat.class),
  @JsonSubTypes.Type(InputShape.Values.class)
})
public sealed interface InputShape {
  /** A conversation so far, without the prompt; the last message is to be answered. */
  record Chat(List<Message> messages) implements InputShape {
    public Chat {
      messages = List.copyOf(messages);
    }

    @Override
    public String text() {
      return messages.stream()
          .map(m -> title(m.role()) + ": " + m.content())
          .collect(Collectors.joining("\n\n"));
    }

    private static String title(String role) {
      return role.substring(0, 1).toUpperCase(Locale.ROOT) + role.substring(1);
    }

    @Override
    public String json() {
      return Json.write(messages);
    }
  }

  /** Values by their names, for the places of a prompt; in the order in which they were given. */
  record Values(Map<String, String> values) implements InputShape {
    public Values {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** A value that is alone is the whole of the input; several stand under their names. */
    @Override
    public String text() {
      return values.size() == 1
          ? values.values().iterator().next()
          : values.entrySet().stream()
              .map(value -> value.getKey() + ": " + value.getValue())
              .collect(Collectors.joining("\n"));
    }

    @Override
    public String json() {
      return Json.write(values);
    }
  }

  /** The input as a text, for people, judges and comparisons. */
  String text();

  /** As it stands in a file of tasks, and as programs get it: a list of messages, or an object. */
  String json();

  /** How it is called: {@code chat} or {@code values}. */
  default String label() {
    return this instanceof Chat ? "chat" : "values";
  }
}
