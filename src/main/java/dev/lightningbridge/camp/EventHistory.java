package dev.lightningbridge.camp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.corpus.TrainingEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks up single events where a row alone does not tell what was. */
final class EventHistory {
  private static final String BY_ROW =
      "SELECT %s FROM training_events e LEFT JOIN payload_blobs b ON b.hash = e.payload_hash"
              .formatted(EventRow.columns("e", "b", ""))
          + " WHERE e.row = ?";

  private final Tables tables;
  private @Nullable Map<String, Long> creations;

  EventHistory(Tables tables) {
    this.tables = tables;
  }

  /** The prompt that an agent version was created with, where it has the snapshot hash. */
  @Nullable String promptAtCreation(String agentId, String hash) {
    Map<String, Long> rows = creations;
    if (rows == null) {
      rows = new HashMap<>();
      for (Map.Entry<String, Long> creation :
          tables.list(
              "SELECT id, row, agent_id FROM training_events WHERE event_type = 'agent.created'",
              row -> Map.entry(row.text("agent_id", ""), row.integer("row", 0)))) {
        rows.put(creation.getKey(), creation.getValue());
      }
      creations = rows;
    }
    return payloads(rows.get(agentId)).stream()
        .map(payload -> JsonText.text(payload, "systemPrompt"))
        .filter(prompt -> prompt != null && PayloadHash.snapshot(prompt).equals(hash))
        .findFirst()
        .orElse(null);
  }

  /** The last event that gave the artifact this score; only after the attempts were indexed. */
  @Nullable TrainingEvent scoredAs(String artifactId, long score) {
    for (Long event :
        tables.list(
            "SELECT 'k' AS id, event FROM score_event WHERE artifact_id = ? ORDER BY place DESC",
            row -> row.integer("event"),
            artifactId)) {
      TrainingEvent said = event(event);
      JsonNode payload = said == null ? null : JsonText.parse(said.payload());
      if (payload != null && Objects.equals(JsonText.integer(payload, "score"), score)) {
        return said;
      }
    }
    return null;
  }

  private List<JsonNode> payloads(@Nullable Long rowid) {
    TrainingEvent event = rowid == null ? null : event(rowid);
    JsonNode payload = event == null ? null : JsonText.parse(event.payload());
    return payload == null ? List.of() : List.of(payload);
  }

  private @Nullable TrainingEvent event(long rowid) {
    return tables.list(BY_ROW, row -> EventRow.read(row, ""), rowid).stream()
        .findFirst()
        .orElse(null);
  }
}
