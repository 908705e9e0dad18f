package dev.lightningbridge.camp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.corpus.TrainingEvent;
import dev.lightningbridge.corpus.Written;
import java.util.List;
import java.util.Optional;

/** Finds in a database what this program wrote into it. */
final class Writings {
  private final Tables tables;

  Writings(Tables tables) {
    this.tables = tables;
  }

  /**
   * What a run wrote.
   *
   * @param action promotion or rollback
   */
  Optional<Written> find(String runId, String action) {
    return tables
        .list(
            "SELECT %s FROM training_events e JOIN payload_blobs b ON b.hash = e.payload_hash"
                    .formatted(EventRow.columns("e", "b", ""))
                + " WHERE e.event_type = 'agent.evolved' AND instr(b.content, ?) > 0",
            row -> {
              TrainingEvent event = EventRow.read(row, "");
              JsonNode payload = event == null ? null : JsonText.parse(event.payload());
              JsonNode ours = payload == null ? null : payload.path("lightningBridge");
              return event != null
                      && payload != null
                      && ours != null
                      && runId.equals(JsonText.text(ours, "runId"))
                      && action.equals(JsonText.text(ours, "action"))
                  ? written(event, payload, ours)
                  : null;
            },
            runId)
        .stream()
        .findFirst();
  }

  private Written written(TrainingEvent event, JsonNode payload, JsonNode ours) {
    String agent = payload.path("toAgentId").asText();
    String evolution = ours.path("evolutionRecordId").asText();
    List<String> audits =
        tables.list(
            "SELECT id FROM main.audit_log WHERE entity_type = 'evolution' AND entity_id = ?"
                + " OR entity_type = 'agent' AND entity_id = ? ORDER BY rowid",
            row -> row.text("id"),
            evolution,
            agent);
    return new Written(
        agent,
        payload.path("toVersion").asInt(),
        List.of(event.id()),
        List.of(event.payloadHash()),
        evolution,
        audits,
        null,
        null);
  }
}
