package dev.lightningbridge.camp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.common.BridgeException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What the database holds of an output and its scores. */
final class ScoredRows {
  private final Tables tables;
  private final Path shown;

  ScoredRows(Tables tables, Path shown) {
    this.tables = tables;
    this.shown = shown;
  }

  record Output(
      String id, String lineageId, String sessionId, int cycle, String content, String metadata) {}

  record Current(String id, int score, @Nullable String comment) {}

  record Event(String id, String hash, JsonNode payload) {}

  /**
   * The output with this id.
   *
   * @throws BridgeException where there is none, or it is an empty one
   */
  Output output(String id) {
    return tables
        .list(
            """
            SELECT f.id, f.lineage_id, l.session_id, f.cycle, f.content, f.metadata
            FROM artifacts f JOIN lineages l ON l.id = f.lineage_id WHERE f.id = ?""",
            row -> {
              String content = row.text("content", "");
              return content.isBlank()
                  ? null
                  : new Output(
                      id,
                      row.text("lineage_id", ""),
                      row.text("session_id", ""),
                      row.small("cycle", 0),
                      content,
                      row.text("metadata", "null"));
            },
            id)
        .stream()
        .findFirst()
        .orElseThrow(
            () ->
                new BridgeException(
                    CampError.OUTPUT_UNKNOWN,
                    "the database has no such output, or it is an empty one",
                    id,
                    "Name an output of " + shown.getFileName() + "."));
  }

  /** Its current score; null where it has none. */
  @Nullable Current current(String artifactId) {
    return tables
        .list(
            """
            SELECT v.id, v.score, v.comment FROM evaluations v WHERE v.artifact_id = ?
            ORDER BY v.created_at DESC, v.row DESC LIMIT 1""",
            row -> new Current(row.text("id", ""), row.small("score", 0), row.text("comment")),
            artifactId)
        .stream()
        .findFirst()
        .orElse(null);
  }

  /** The newest event of a score of it; null where there is none. */
  @Nullable Event lastEvent(String artifactId) {
    return tables
        .list(
            """
            SELECT e.id, e.payload_hash, b.content
            FROM training_events e LEFT JOIN payload_blobs b ON b.hash = e.payload_hash
            WHERE e.artifact_id = ? AND e.event_type = 'artifact.scored'
            ORDER BY e.timestamp DESC, e.row DESC LIMIT 1""",
            row -> {
              JsonNode payload = JsonText.parse(row.text("content"));
              return new Event(
                  row.text("id", ""),
                  row.text("payload_hash", ""),
                  payload == null ? MissingNode.getInstance() : payload);
            },
            artifactId)
        .stream()
        .findFirst()
        .orElse(null);
  }
}
