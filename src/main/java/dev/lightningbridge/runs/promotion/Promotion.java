package dev.lightningbridge.runs.promotion;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A proposal's writing into its Training Camp database, or its undoing.
 *
 * @param state written or rolled_back
 * @param written what was written, by id
 */
public record Promotion(
    String promotionId,
    String proposalId,
    String runId,
    String state,
    String db,
    boolean sandbox,
    JsonNode written) {
  /** What was written, a line each: the name and the ids. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : written.properties()) {
      JsonNode value = field.getValue();
      if (!value.isNull()) {
        List<String> ids = new ArrayList<>();
        value.forEach(id -> ids.add(id.asText()));
        lines.add(
            field.getKey() + ": " + (value.isArray() ? String.join(", ", ids) : value.asText()));
      }
    }
    return lines;
  }
}
