package dev.lightningbridge.demo;

import static dev.lightningbridge.camp.Inserts.ordered;

import dev.lightningbridge.camp.Inserts;
import dev.lightningbridge.camp.JavaScriptJson;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what the app writes when a person scores, locks and directs. */
final class CampPerson {
  private final CampApp app;
  private final String sessionId;

  CampPerson(CampApp app, String sessionId) {
    this.app = app;
    this.sessionId = sessionId;
  }

  /** The first click on the score of a run's artifact; returns the evaluation's id. */
  String score(AgentPlay.Run run, SampleLineage.Artifact artifact, int score, long now)
      throws SQLException {
    Inserts inserts = app.at(now);
    String id = app.newId();
    inserts.insert(
        "evaluations",
        ordered("id", id, "artifact_id", artifact.id(), "score", score, "created_at", now));
    inserts.audit(
        "evaluation_created",
        "evaluation",
        id,
        ordered("artifactId", artifact.id(), "score", score));
    clicked(run, artifact, score, null, now);
    return id;
  }

  /** A later click; the row stays, and its time with it. */
  void correct(
      String evaluationId,
      AgentPlay.Run run,
      SampleLineage.Artifact artifact,
      int score,
      @Nullable String comment,
      long now)
      throws SQLException {
    app.update("UPDATE evaluations SET score = ? WHERE id = ?", score, evaluationId);
    clicked(run, artifact, score, comment, now);
  }

  /** A comment is in an event only with the next click. */
  void comment(String evaluationId, String comment) throws SQLException {
    app.update("UPDATE evaluations SET comment = ? WHERE id = ?", comment, evaluationId);
  }

  private void clicked(
      AgentPlay.Run run,
      SampleLineage.Artifact artifact,
      int score,
      @Nullable String comment,
      long now)
      throws SQLException {
    SampleLineage lineage = run.lineage();
    Map<String, Object> payload =
        ordered(
            "artifactId",
            artifact.id(),
            "lineageId",
            lineage.id,
            "cycle",
            lineage.cycle,
            "content",
            artifact.output(),
            "score",
            score);
    if (comment != null) {
      payload.put("comment", comment);
    }
    payload.put("metadata", CampRuns.metadata(lineage, run.execution()));
    app.event(
        now,
        "artifact.scored",
        ordered("session_id", sessionId, "lineage_id", lineage.id, "artifact_id", artifact.id()),
        payload,
        "evaluation:scored",
        "category:evaluation",
        score >= 8 ? "score:high" : score >= 5 ? "score:medium" : "score:low");
  }

  void lock(SampleLineage lineage, List<SampleLineage> all, long now) throws SQLException {
    lineage.locked = true;
    List<String> competitors = all.stream().filter(l -> !l.locked).map(l -> l.id).toList();
    app.update("UPDATE lineages SET is_locked = 1 WHERE id = ?", lineage.id);
    audit("lineage_locked", lineage, now);
    app.event(
        now,
        "lineage.locked",
        ordered("session_id", sessionId, "lineage_id", lineage.id),
        ordered(
            "lineageId",
            lineage.id,
            "competitorIds",
            competitors,
            "competitorCount",
            competitors.size()),
        "evaluation:locked",
        "selection:winner",
        "category:evaluation");
  }

  /** Leaves no event. */
  void unlock(SampleLineage lineage, long now) throws SQLException {
    lineage.locked = false;
    app.update("UPDATE lineages SET is_locked = 0 WHERE id = ?", lineage.id);
    audit("lineage_unlocked", lineage, now);
  }

  private void audit(String type, SampleLineage lineage, long now) throws SQLException {
    app.at(now)
        .insert(
            "audit_log",
            ordered(
                "id",
                app.newId(),
                "event_type",
                type,
                "entity_type",
                "lineage",
                "entity_id",
                lineage.id,
                "data",
                "null",
                "created_at",
                now));
  }

  /** Stores the lineage's directives as they are. */
  void direct(SampleLineage lineage) throws SQLException {
    app.update(
        "UPDATE lineages SET directive_sticky = ?, directive_oneshot = ? WHERE id = ?",
        lineage.sticky.isEmpty() ? null : JavaScriptJson.stringify(lineage.sticky),
        lineage.oneShot.isEmpty() ? null : JavaScriptJson.stringify(lineage.oneShot),
        lineage.id);
  }
}
