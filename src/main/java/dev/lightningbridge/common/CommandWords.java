package dev.lightningbridge.common;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A command line as a user gives one: words parted by spaces, or a JSON array of words. */
public final class CommandWords {
  private CommandWords() {}

  /**
   * Its words; no shell reads them.
   *
   * @throws IllegalArgumentException where there are none; its message says why
   */
  public static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    if (text.stripLeading().startsWith("[")) {
      try {
        for (JsonNode word : Json.mapper().readTree(text)) {
          words.add(word.asText());
        }
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("the command is no array of texts: " + text, e);
      }
    } else if (!text.isBlank()) {
      words.addAll(List.of(text.strip().split("\\s+")));
    }
    if (words.isEmpty()) {
      throw new IllegalArgumentException("the command is empty");
    }
    return List.copyOf(words);
  }
}
