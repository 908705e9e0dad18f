package dev.lightningbridge.camp.writing;

import static dev.lightningbridge.camp.Inserts.ordered;

import dev.lightningbridge.camp.AppRows;
import dev.lightningbridge.camp.ImportedMarks;
import dev.lightningbridge.camp.JavaScriptJson;
import dev.lightningbridge.camp.PayloadHash;
import dev.lightningbridge.camp.PreparedRows;
import dev.lightningbridge.corpus.ImportedAttempt;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes attempts as the app writes an execution of an agent without a flow. */
public final class ImportedRows {
  private static final String NO_PARTS = PayloadHash.snapshot("[]");

  private final AppRows app;
  private final ImportedSession session;

  ImportedRows(AppRows app, ImportedSession session) {
    this.app = app;
    this.session = session;
  }

  /** Writes the attempt with its output and score; tells whether anything was new. */
  boolean add(ImportedVersion version, ImportedAttempt attempt) throws SQLException {
    String id = app.id("attempt", session.id(), version.id(), attempt.key());
    String artifact = app.id("artifact", id);
    String known = app.rows().find("SELECT cycle FROM main.artifacts WHERE id = ?", artifact);
    if (known != null) {
      return score(version, attempt, new Place(id, artifact, Integer.parseInt(known)));
    }
    Place place = new Place(id, artifact, session.nextCycle(version.lineageId()));
    long at = at(attempt);
    String model = attempt.model() == null ? version.model() : attempt.model();
    String promptHash = PayloadHash.snapshot(version.prompt());
    PreparedRows rows = app.rows();
    rows.insert(
        "rollouts",
        ordered(
            "id", place.rolloutId(app),
            "lineage_id", version.lineageId(),
            "cycle", place.cycle(),
            "status", "completed",
            "created_at", at));
    rows.insert(
        "attempts",
        ordered(
            "id",
            id,
            "rollout_id",
            place.rolloutId(app),
            "attempt_number",
            1,
            "status",
            "running",
            "agent_id",
            version.id(),
            "agent_version",
            version.number(),
            "system_prompt_hash",
            promptHash,
            "tools_hash",
            NO_PARTS,
            "flow_hash",
            NO_PARTS,
            "input",
            attempt.input(),
            "model_id",
            model,
            "created_at",
            at));
    app.event(
        "attempt.completed",
        id,
        at,
        ordered("agent_id", version.id(), "attempt_id", id),
        ordered(
            "attemptId", id,
            "rolloutId", place.rolloutId(app),
            "attemptNumber", 1,
            "agentSnapshot",
                ordered(
                    "agentId", version.id(),
                    "version", version.number(),
                    "systemPromptHash", promptHash,
                    "toolsHash", NO_PARTS,
                    "flowHash", NO_PARTS),
            "input", attempt.input(),
            "output", attempt.output(),
            "modelId", model,
            "parameters", Map.of(),
            "durationMs", 0,
            "spanCount", 1,
            "toolsUsed", List.of(),
            "spanSummary",
                List.of(ordered("type", "llm_call", "durationMs", 0, "hasError", false))),
        List.of("execution:completed", "category:execution", "has:tools"));
    rows.insert(
        "artifacts",
        ordered(
            "id", artifact,
            "lineage_id", version.lineageId(),
            "cycle", place.cycle(),
            "content", attempt.output(),
            "metadata", JavaScriptJson.stringify(metadata(version, attempt, place)),
            "created_at", at));
    score(version, attempt, place);
    return true;
  }

  private long at(ImportedAttempt attempt) {
    return attempt.at() == null ? app.now() : attempt.at();
  }

  /** Where an attempt stands. */
  private record Place(String attemptId, String artifactId, int cycle) {
    String rolloutId(AppRows app) {
      return app.id("rollout", attemptId);
    }
  }

  private Map<String, Object> metadata(
      ImportedVersion version, ImportedAttempt attempt, Place place) {
    Map<String, Object> metadata =
        ordered(
            "agentId", version.id(),
            "agentVersion", version.number(),
            "executionSuccess", true,
            "executionTimeMs", 0,
            "inputUsed", attempt.input(),
            "rolloutId", place.rolloutId(app),
            "attemptId", place.attemptId(),
            "stepsExecuted", 1,
            "spanCount", 1);
    if (!attempt.kept().isEmpty()) {
      metadata.put(ImportedMarks.OUTPUT, attempt.kept());
    }
    return metadata;
  }

  /** Writes the score where the output has none, and corrects another one as the app does. */
  private boolean score(ImportedVersion version, ImportedAttempt attempt, Place place)
      throws SQLException {
    Integer score = attempt.score();
    if (score == null) {
      return false;
    }
    String evaluation = app.id("evaluation", place.artifactId());
    String before = app.rows().find("SELECT score FROM main.evaluations WHERE id = ?", evaluation);
    if (score.toString().equals(before)) {
      return false;
    }
    // What people say of an output, they say after it was made.
    long at = before == null ? at(attempt) : app.now();
    if (before == null) {
      Map<String, Object> row =
          ordered(
              "id", evaluation,
              "artifact_id", place.artifactId(),
              "score", score);
      if (attempt.comment() != null) {
        row.put("comment", attempt.comment());
      }
      row.put("created_at", at);
      app.rows().insert("evaluations", row);
      app.audit(
          "evaluation_created",
          "evaluation",
          evaluation,
          ordered("artifactId", place.artifactId(), "score", score),
          at);
    } else {
      app.rows()
          .update(
              "UPDATE main.evaluations SET score = ?, comment = ? WHERE id = ?",
              score,
              attempt.comment(),
              evaluation);
    }
    scored(version, attempt, place, score, before, at);
    return true;
  }

  private void scored(
      ImportedVersion version,
      ImportedAttempt attempt,
      Place place,
      int score,
      @Nullable String before,
      long at)
      throws SQLException {
    Map<String, Object> payload =
        ordered(
            "artifactId", place.artifactId(),
            "lineageId", version.lineageId(),
            "cycle", place.cycle(),
            "content", attempt.output(),
            "score", score);
    if (attempt.comment() != null) {
      payload.put("comment", attempt.comment());
    }
    payload.put("metadata", metadata(version, attempt, place));
    app.event(
        "artifact.scored",
        before == null
            ? place.artifactId()
            : "%s %s %d at %d".formatted(place.artifactId(), before, score, at),
        at,
        ordered(
            "session_id", session.id(),
            "lineage_id", version.lineageId(),
            "artifact_id", place.artifactId()),
        payload,
        List.of(
            "evaluation:scored",
            "category:evaluation",
            score >= 8 ? "score:high" : score >= 5 ? "score:medium" : "score:low"));
  }
}
