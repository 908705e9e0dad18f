package dev.lightningbridge.camp;

import static dev.lightningbridge.camp.Inserts.ordered;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.GivenScore;
import dev.lightningbridge.corpus.ScoreWritten;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of one score, given or taken back, within a transaction. */
final class ScoreRows {
  /** Stands in the events of scores that were given here, so that they can be taken back. */
  private static final String MARK = "lightningBridge";

  private static final String SCORE = "score";
  private static final String UNDO = "undo";

  private final Tables tables;
  private final Inserts inserts;
  private final ScoredRows read;
  private final List<WrittenRows.Wanted> changes = new ArrayList<>();

  ScoreRows(Tables tables, Inserts inserts, Path shown) {
    this.tables = tables;
    this.inserts = inserts;
    this.read = new ScoredRows(tables, shown);
  }

  /** What was to be changed. */
  List<WrittenRows.Wanted> changes() {
    return changes;
  }

  ScoreWritten score(GivenScore given) throws SQLException {
    ScoredRows.Output output = read.output(given.artifactId());
    ScoredRows.Current before = read.current(output.id());
    String comment =
        given.comment() != null
            ? given.comment().isBlank() ? null : given.comment().strip()
            : before == null ? null : before.comment();
    if (before != null
        && before.score() == given.score()
        && Objects.equals(comment, before.comment())) {
      return new ScoreWritten(output.id(), before.score(), before.comment(), null, null);
    }
    Map<String, Object> mark = ordered("action", SCORE);
    if (before == null) {
      insert(output, given.score(), comment, mark);
    } else {
      update(before.id(), given.score(), comment);
      Map<String, Object> was = ordered("score", before.score());
      if (before.comment() != null) {
        was.put("comment", before.comment());
      }
      mark.put("before", was);
    }
    return new ScoreWritten(
        output.id(), given.score(), comment, event(output, given.score(), comment, mark), null);
  }

  ScoreWritten undo(String artifactId) throws SQLException {
    ScoredRows.Output output = read.output(artifactId);
    ScoredRows.Current current = read.current(artifactId);
    ScoredRows.Event last = read.lastEvent(artifactId);
    JsonNode mark = last == null ? MissingNode.getInstance() : last.payload().path(MARK);
    if (last == null
        || current == null
        || !mark.path("action").asText().equals(SCORE)
        || last.payload().path("score").asInt() != current.score()) {
      throw new BridgeException(
          CampError.NOTHING_TO_TAKE_BACK,
          "the output's last score was not given here, or was changed since",
          artifactId,
          "Give it another score.");
    }
    JsonNode before = mark.path("before");
    if (before.isObject()) {
      int score = before.path("score").asInt();
      String comment = JsonText.text(before, "comment");
      update(current.id(), score, comment);
      return new ScoreWritten(
          artifactId, score, comment, event(output, score, comment, ordered("action", UNDO)), null);
    }
    delete("evaluations", "id", current.id());
    delete("audit_log", "id", mark.path("auditId").asText());
    delete("training_events", "id", last.id());
    if (tables
        .list(
            "SELECT id FROM training_events WHERE payload_hash = ?", r -> r.text("id"), last.hash())
        .isEmpty()) {
      delete("payload_blobs", "hash", last.hash());
    }
    return new ScoreWritten(artifactId, null, null, null, null);
  }

  private void insert(
      ScoredRows.Output output, int score, @Nullable String comment, Map<String, Object> mark)
      throws SQLException {
    String id = inserts.newId();
    Map<String, Object> row = ordered("id", id, "artifact_id", output.id(), "score", score);
    if (comment != null) {
      row.put("comment", comment);
    }
    row.put("created_at", inserts.now());
    inserts.insert("evaluations", row);
    String audit =
        inserts.audit(
            "evaluation_created",
            "evaluation",
            id,
            ordered("artifactId", output.id(), "score", score));
    changes.add(WrittenRows.Wanted.inserted("evaluations", id));
    changes.add(WrittenRows.Wanted.inserted("audit_log", audit));
    mark.put("evaluationId", id);
    mark.put("auditId", audit);
  }

  private void update(String evaluationId, int score, @Nullable String comment)
      throws SQLException {
    inserts.update(
        "UPDATE main.evaluations SET score = ?, comment = ? WHERE id = ?",
        score,
        comment,
        evaluationId);
    changes.add(WrittenRows.Wanted.updated("evaluations", evaluationId));
  }

  private void delete(String table, String key, String id) throws SQLException {
    inserts.update("DELETE FROM main.%s WHERE %s = ?".formatted(table, key), id);
    changes.add(WrittenRows.Wanted.deleted(table));
  }

  private String event(
      ScoredRows.Output output, int score, @Nullable String comment, Map<String, Object> mark)
      throws SQLException {
    Map<String, Object> payload =
        ordered(
            "artifactId", output.id(),
            "lineageId", output.lineageId(),
            "cycle", output.cycle(),
            "content", output.content(),
            "score", score);
    if (comment != null) {
      payload.put("comment", comment);
    }
    payload.put("metadata", metadata(output));
    payload.put(MARK, mark);
    String hash = inserts.blob(payload);
    String id = inserts.newId();
    inserts.insert(
        "training_events",
        ordered(
            "id",
            id,
            "timestamp",
            inserts.now(),
            "event_type",
            "artifact.scored",
            "schema_version",
            1,
            "session_id",
            output.sessionId(),
            "lineage_id",
            output.lineageId(),
            "artifact_id",
            output.id(),
            "payload_hash",
            hash,
            "tags",
            JavaScriptJson.stringify(
                List.of(
                    "evaluation:scored",
                    "category:evaluation",
                    score >= 8 ? "score:high" : score >= 5 ? "score:medium" : "score:low")),
            "created_at",
            inserts.now()));
    changes.add(WrittenRows.Wanted.inserted("training_events", id));
    changes.add(WrittenRows.Wanted.mayBeInserted("payload_blobs", hash));
    return id;
  }

  /** As the artifact has it, so that the attempt can be told from it; null where it is no JSON. */
  private static @Nullable Object metadata(ScoredRows.Output output) {
    try {
      Object read = Json.outside().readValue(output.metadata(), Object.class);
      JavaScriptJson.stringify(read);
      return read;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return null;
    }
  }
}
