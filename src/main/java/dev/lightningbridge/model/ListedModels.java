package dev.lightningbridge.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The models that an endpoint lists at {@code /models}: OpenAI's {@code {"data": [{"id"}]}}, also
 * as a bare list, and Ollama's and Gemini's {@code {"models": [{"name"}]}}.
 */
final class ListedModels {
  private static final int MOST_SHOWN = 12;
  private static final int LONGEST_SHOWN = 80;

  private ListedModels() {}

  /** Their names; empty where the body is no such list. */
  static List<String> in(String body) {
    List<String> names = new ArrayList<>();
    try {
      JsonNode json = Json.mapper().readTree(body);
      JsonNode list = json.isArray() ? json : json.path(json.has("data") ? "data" : "models");
      for (JsonNode model : list) {
        String name = model.path("id").asText(model.path("name").asText(""));
        if (!name.isEmpty()) {
          names.add(name);
        }
      }
    } catch (JsonProcessingException e) {
      // A page; then nothing is known of its models.
    }
    return names;
  }

  /** Those most like the wanted one, and how many more there are; empty where there are none. */
  static String shown(List<String> names, String wanted) {
    String some =
        names.stream()
            .sorted(Comparator.comparingInt((String name) -> -alike(name, wanted)))
            .limit(MOST_SHOWN)
            .map(n -> n.length() <= LONGEST_SHOWN ? n : n.substring(0, LONGEST_SHOWN) + "…")
            .collect(Collectors.joining(", "));
    int more = names.size() - MOST_SHOWN;
    return more <= 0 ? some : "%s and %,d more".formatted(some, more);
  }

  private static int alike(String a, String b) {
    int same = 0;
    while (same < Math.min(a.length(), b.length()) && a.charAt(same) == b.charAt(same)) {
      same++;
    }
    return same;
  }
}
