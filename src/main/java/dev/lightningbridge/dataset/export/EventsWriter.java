package dev.lightningbridge.dataset.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.lightningbridge.camp.Corpus;
import dev.lightningbridge.camp.TrainingEvent;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.export.ExportRequest.EventShape;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * events.jsonl or events.csv: each line as Training Camp's own exporter writes it, oldest first. A
 * session's events are all that belong to it; the app's exporter knows only those that name it.
 */
final class EventsWriter implements ExportWriter {
  private static final String HEADER =
      "id,timestamp,event_type,schema_version,session_id,lineage_id,agent_id,artifact_id,"
          + "attempt_id,payload_hash,tags";

  @Override
  public void write(Corpus corpus, ExportRequest request, Since since, ExportFolder folder)
      throws IOException {
    RowWriter rows =
        request.events() == EventShape.CSV
            ? csv(folder)
            : json(folder, request.events() == EventShape.WITH_PAYLOADS);
    try (Stream<TrainingEvent> events =
        request.sessionId() == null ? corpus.events() : corpus.events(request.sessionId())) {
      for (Iterator<TrainingEvent> i = events.iterator(); i.hasNext(); ) {
        TrainingEvent event = i.next();
        if (since.isNewRow(event.rowid())) {
          rows.write(event);
          folder.count(event.type(), 1);
        }
      }
    }
  }

  @FunctionalInterface
  private interface RowWriter {
    void write(TrainingEvent event) throws IOException;
  }

  private static RowWriter csv(ExportFolder folder) throws IOException {
    CsvFile rows = folder.csv("events");
    rows.header(HEADER);
    return e ->
        rows.write(
            e.id(),
            e.timestamp(),
            e.type(),
            e.schemaVersion(),
            e.sessionId(),
            e.lineageId(),
            e.agentId(),
            e.artifactId(),
            e.attemptId(),
            e.payloadHash(),
            Json.write(e.tags()));
  }

  private static RowWriter json(ExportFolder folder, boolean payloads) throws IOException {
    RowFile rows = folder.rows("events");
    return e -> {
      ObjectNode row = Json.mapper().createObjectNode();
      row.put("id", e.id()).put("timestamp", e.timestamp()).put("eventType", e.type());
      row.put("schemaVersion", e.schemaVersion()).put("sessionId", e.sessionId());
      row.put("lineageId", e.lineageId()).put("agentId", e.agentId());
      row.put("artifactId", e.artifactId()).put("attemptId", e.attemptId());
      row.put("payloadHash", e.payloadHash());
      row.set("tags", Json.mapper().valueToTree(e.tags()));
      if (payloads && e.payload() != null) {
        row.putRawValue("payload", new RawValue(oneLine(e.payload())));
      }
      rows.write(row);
    };
  }

  /** The app stores JSON without line breaks; another tool may have laid it out. */
  private static String oneLine(String json) throws JsonProcessingException {
    return json.indexOf('\n') < 0 && json.indexOf('\r') < 0
        ? json
        : Json.mapper().readTree(json).toString();
  }
}
