package dev.lightningbridge.dataset.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.DatasetError;
import dev.lightningbridge.dataset.RawJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The members of a task by our names, each as it was written.
 *
 * @param known by our names
 * @param renamed names of other tools, with ours
 * @param unknown names that are not read
 */
record TaskMembers(Map<String, String> known, Map<String, String> renamed, List<String> unknown) {
  private static final ObjectReader EXACT =
      Json.outside().reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /**
   * Reads them.
   *
   * @throws TaskJson.Invalid where the text is no JSON object, or two of its names mean the same
   */
  static TaskMembers of(String text) throws TaskJson.Invalid {
    Map<String, String> written;
    try {
      written = RawJson.members(text);
      flatten(written);
    } catch (JsonProcessingException e) {
      throw new TaskJson.Invalid(DatasetError.TASK_LINE_MALFORMED, BadJson.words(text, e));
    }
    Map<String, String> known = new LinkedHashMap<>();
    Map<String, String> renamed = new TreeMap<>();
    for (Map.Entry<String, String> member : written.entrySet()) {
      Optional<String> ours = TaskNames.meant(member.getKey());
      if (ours.isEmpty() || ours.get().equals(member.getKey())) {
        ours.ifPresent(name -> known.put(name, member.getValue()));
      } else if (!written.containsKey(ours.get()) && !member.getValue().equals("null")) {
        String before = known.put(ours.get(), member.getValue());
        if (before != null) {
          throw new TaskJson.Invalid(
              DatasetError.TASK_NAMES_CLASH,
              "several of its members may be its \"%s\", such as \"%s\"; name the one that is meant so"
                  .formatted(ours.get(), member.getKey()));
        }
        renamed.put(member.getKey(), ours.get());
      }
    }
    return new TaskMembers(
        known,
        renamed,
        written.keySet().stream()
            .filter(name -> !known.containsKey(name) && !renamed.containsKey(name))
            .toList());
  }

  /** MLflow puts what is expected into an object. */
  private static void flatten(Map<String, String> written) throws JsonProcessingException {
    String expectations = written.get("expectations");
    if (expectations != null && RawJson.isA(expectations, JsonToken.START_OBJECT)) {
      String response = RawJson.members(expectations).get("expected_response");
      if (response != null) {
        written.remove("expectations");
        written.put("expected_response", response);
      }
    }
  }

  /** The member as it was written; null where there is none, or it is null. */
  @Nullable String raw(String name) {
    String raw = known.get(name);
    return raw == null || raw.equals("null") ? null : raw;
  }

  /** The member; a missing node where there is none, or it is null. */
  JsonNode node(String name) {
    String raw = raw(name);
    if (raw == null) {
      return MissingNode.getInstance();
    }
    try {
      return EXACT.readTree(raw);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("it was read before: " + raw, e);
    }
  }
}
