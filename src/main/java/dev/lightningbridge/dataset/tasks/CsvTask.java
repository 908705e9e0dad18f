package dev.lightningbridge.dataset.tasks;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.RawJson;
import java.util.List;
import java.util.Optional;

/**
 * A task that is a row of separated values. Values are texts, for a spreadsheet says no more of
 * them; only what is JSON in brackets is read as such where a list or an object may stand.
 */
final class CsvTask {
  private CsvTask() {}

  static String json(List<String> columns, List<String> values) {
    ObjectNode task = Json.mapper().createObjectNode();
    for (int i = 0; i < Math.min(columns.size(), values.size()); i++) {
      String name = columns.get(i).strip();
      String value = values.get(i);
      if (name.isEmpty() || value.isBlank()) {
        continue;
      }
      Optional<String> ours = TaskNames.meant(name);
      boolean structured =
          ours.filter(n -> n.equals("expected") || n.equals("checks")).isPresent()
              && isStructure(value);
      if (structured) {
        task.putRawValue(name, new RawValue(value.strip()));
      } else {
        task.put(name, value);
      }
    }
    return task.toString();
  }

  private static boolean isStructure(String value) {
    return (RawJson.isA(value, JsonToken.START_ARRAY) || RawJson.isA(value, JsonToken.START_OBJECT))
        && RawJson.isWhole(value);
  }
}
