package dev.lightningbridge.dataset.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.TrainingEvent;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * events.jsonl or events.csv: each line as Training Camp's own exporter writes it, oldest first. A
 * session's events are all that belong to it; the app's exporter knows only those that name it.
 */
final class EventsWriter implements ExportWriter {
  private static final String HEADER =
      "id,timestamp,event_type,schema_version,session_id,lineage_id,agent_id,artifact_id,"
          + "attempt_id,payload_hash,tags";

  /** The names are the app's. */
  record Row(
      String id,
      long timestamp,
      @JsonProperty("eventType") String eventType,
      @JsonProperty("schemaVersion") int schemaVersion,
      @JsonProperty("sessionId") @Nullable String sessionId,
      @JsonProperty("lineageId") @Nullable String lineageId,
      @JsonProperty("agentId") @Nullable String agentId,
      @JsonProperty("artifactId") @Nullable String artifactId,
      @JsonProperty("attemptId") @Nullable String attemptId,
      @JsonProperty("payloadHash") String payloadHash,
      List<String> tags,
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonRawValue @Nullable String payload) {}

  @Override
  public void write(Corpus corpus, ExportRequest request, Since since, ExportFolder folder)
      throws IOException {
    RowWriter rows =
        switch (request.events()) {
          case WITH_PAYLOADS -> json(folder, true);
          case WITHOUT_PAYLOADS -> json(folder, false);
          case CSV -> csv(folder.csv("events"));
          case CSV_SAFE -> csv(folder.csv("events").safeForSpreadsheets());
        };
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

  private static RowWriter csv(CsvFile rows) throws IOException {
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
    return e ->
        rows.write(
            new Row(
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
                e.tags(),
                payloads && e.payload() != null ? oneLine(e.payload()) : null));
  }

  /** The app stores JSON without line breaks; another tool may have laid it out. */
  private static String oneLine(String json) throws JsonProcessingException {
    return json.indexOf('\n') < 0 && json.indexOf('\r') < 0
        ? json
        : Json.mapper().readTree(json).toString();
  }
}
