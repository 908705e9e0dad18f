package dev.lightningbridge.camp.writing;

import static dev.lightningbridge.camp.Inserts.ordered;

import dev.lightningbridge.camp.AppRows;
import dev.lightningbridge.camp.ImportedMarks;
import dev.lightningbridge.camp.writing.ExecutionRows.Execution;
import dev.lightningbridge.corpus.ImportedAttempt;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes attempts as the app writes an execution of an agent without a flow. */
public final class ImportedRows {
  private final AppRows app;
  private final ImportedSession session;
  private final ExecutionRows executions;

  ImportedRows(AppRows app, ImportedSession session) {
    this.app = app;
    this.session = session;
    this.executions = new ExecutionRows(app);
  }

  /** Writes the attempt with its output and score; tells whether anything was new. */
  boolean add(ImportedVersion version, ImportedAttempt attempt) throws SQLException {
    String id = app.id("attempt", session.id(), version.id(), attempt.key());
    String artifact = app.id("artifact", id);
    String known = app.rows().find("SELECT cycle FROM main.artifacts WHERE id = ?", artifact);
    int cycle = known == null ? session.nextCycle(version.lineageId()) : Integer.parseInt(known);
    Execution execution =
        new Execution(
            new ExecutionRows.Place(id, artifact, app.id("rollout", id), 1, cycle),
            attempt.input(),
            attempt.output(),
            attempt.model() == null ? version.model() : attempt.model(),
            at(attempt),
            ExecutionRows.Measures.NONE,
            attempt.kept().isEmpty() ? Map.of() : Map.of(ImportedMarks.OUTPUT, attempt.kept()));
    if (known == null) {
      executions.add(version, execution);
    }
    return score(version, attempt, execution) || known == null;
  }

  private long at(ImportedAttempt attempt) {
    return attempt.at() == null ? app.now() : attempt.at();
  }

  /** Writes the score where the output has none, and corrects another one as the app does. */
  private boolean score(ImportedVersion version, ImportedAttempt attempt, Execution execution)
      throws SQLException {
    Integer score = attempt.score();
    if (score == null) {
      return false;
    }
    String artifact = execution.place().artifactId();
    String evaluation = app.id("evaluation", artifact);
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
              "artifact_id", artifact,
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
          ordered("artifactId", artifact, "score", score),
          at);
    } else {
      app.rows()
          .update(
              "UPDATE main.evaluations SET score = ?, comment = ? WHERE id = ?",
              score,
              attempt.comment(),
              evaluation);
    }
    scored(version, attempt, execution, score, before, at);
    return true;
  }

  private void scored(
      ImportedVersion version,
      ImportedAttempt attempt,
      Execution execution,
      int score,
      @Nullable String before,
      long at)
      throws SQLException {
    String artifact = execution.place().artifactId();
    Map<String, Object> payload =
        ordered(
            "artifactId", artifact,
            "lineageId", version.lineageId(),
            "cycle", execution.place().cycle(),
            "content", attempt.output(),
            "score", score);
    if (attempt.comment() != null) {
      payload.put("comment", attempt.comment());
    }
    payload.put("metadata", ExecutionRows.metadata(version, execution));
    app.event(
        "artifact.scored",
        before == null ? artifact : "%s %s %d at %d".formatted(artifact, before, score, at),
        at,
        ordered(
            "session_id", session.id(),
            "lineage_id", version.lineageId(),
            "artifact_id", artifact),
        payload,
        List.of(
            "evaluation:scored",
            "category:evaluation",
            score >= 8 ? "score:high" : score >= 5 ? "score:medium" : "score:low"));
  }
}
