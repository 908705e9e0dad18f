package dev.lightningbridge.demo;

import static dev.lightningbridge.camp.Inserts.ordered;

import dev.lightningbridge.camp.Inserts;
import dev.lightningbridge.camp.JavaScriptJson;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes what the app writes when it evolves an agent. */
final class CampEvolver {
  /** What the app takes for the score of an artifact that has none. */
  private static final int UNSCORED = 5;

  private static final String HYPOTHESIS = "No structural change needed";

  private final CampApp app;
  private final CampAgents agents;
  private final String sessionId;

  CampEvolver(CampApp app, CampAgents agents, String sessionId) {
    this.app = app;
    this.agents = agents;
    this.sessionId = sessionId;
  }

  /**
   * Makes the next version the lineage's agent; its one-shot directives are used up.
   *
   * @return the id of the evolution record
   */
  String evolve(SampleLineage lineage, SampleLineage.Version next, long now) throws SQLException {
    SampleLineage.Version from = lineage.version;
    SampleLineage.Artifact trigger = lineage.latest;
    int score = trigger == null || trigger.score() == null ? UNSCORED : trigger.score();
    String recordId = app.newId();
    record(recordId, lineage, next, score, now);
    app.at(now)
        .audit(
            "evolution_created",
            "evolution",
            recordId,
            ordered(
                "lineageId", lineage.id,
                "fromVersion", from.number(),
                "toVersion", next.number()));
    app.event(
        now,
        "agent.evolved",
        ordered("session_id", sessionId, "lineage_id", lineage.id, "agent_id", next.agentId()),
        ordered(
            "fromAgentId", from.agentId(),
            "fromVersion", from.number(),
            "toAgentId", next.agentId(),
            "toVersion", next.number(),
            "changes", List.of(),
            "hypothesis", HYPOTHESIS,
            "changedComponents", List.of(),
            "changeCount", 0),
        "lifecycle:evolved",
        "category:agent");
    outcome(lineage, score, now);
    lineage.version = next;
    lineage.pending = new SampleLineage.Evolution(recordId, score);
    lineage.oneShot.clear();
    app.update("UPDATE lineages SET directive_oneshot = NULL WHERE id = ?", lineage.id);
    agents.saveAgent(lineage, now);
    return recordId;
  }

  private void record(
      String id, SampleLineage lineage, SampleLineage.Version next, int score, long now)
      throws SQLException {
    SampleLineage.Artifact trigger = lineage.latest;
    String comment = trigger == null ? null : trigger.comment();
    Map<String, Object> directives = ordered();
    if (!lineage.sticky.isEmpty()) {
      directives.put("sticky", List.copyOf(lineage.sticky));
    }
    if (!lineage.oneShot.isEmpty()) {
      directives.put("oneshot", List.copyOf(lineage.oneShot));
    }
    Map<String, Object> analysis = ordered("score", score);
    Inserts inserts = app.at(now);
    Map<String, Object> row =
        ordered(
            "id", id,
            "lineage_id", lineage.id,
            "from_version", lineage.version.number(),
            "to_version", next.number(),
            "rollout_id", app.newId(),
            "attempt_id", app.newId(),
            "trigger_score", score);
    if (comment != null) {
      row.put("trigger_comment", comment);
      analysis.put("comment", comment);
    }
    analysis.putAll(
        ordered(
            "sentiment",
            score >= 7 ? "positive" : score >= 4 ? "neutral" : "negative",
            "aspects",
            List.of(),
            "trend",
            "stable",
            "deltaFromPrevious",
            0));
    row.put("trigger_directives", JavaScriptJson.stringify(directives));
    row.put("score_analysis", JavaScriptJson.stringify(analysis));
    row.put("credit_assignment", JavaScriptJson.stringify(credits(lineage.version.prompt())));
    row.put(
        "plan",
        JavaScriptJson.stringify(
            ordered("changes", List.of(), "hypothesis", HYPOTHESIS, "expectedImpact", List.of())));
    row.put("changes", "[]");
    row.put("created_at", now);
    inserts.insert("evolution_records", row);
  }

  /** One entry a segment: a paragraph, or an item of a list. */
  private static List<Object> credits(String prompt) {
    List<Object> credits = new ArrayList<>();
    for (String segment : prompt.split("\\n\\n|\\n(?=- )", -1)) {
      credits.add(
          ordered(
              "segment",
              segment,
              "segmentIndex",
              credits.size(),
              "blame",
              "none",
              "reason",
              "No direct relation to feedback aspects"));
    }
    return credits;
  }

  /** The effect of the evolution before, known by the score of its artifact. */
  private void outcome(SampleLineage lineage, int score, long now) throws SQLException {
    SampleLineage.Evolution before = lineage.pending;
    if (before == null) {
      return;
    }
    int delta = score - before.triggerScore();
    app.update(
        "UPDATE evolution_records SET next_score = ?, score_delta = ?, hypothesis_validated = ?"
            + " WHERE id = ?",
        score,
        delta,
        delta > 0 ? 1 : 0,
        before.recordId());
    app.event(
        now,
        "evolution.outcome",
        ordered("session_id", sessionId),
        ordered(
            "evolutionRecordId",
            before.recordId(),
            "scoreDelta",
            delta,
            "validated",
            delta > 0,
            "outcomeType",
            delta > 0 ? "improvement" : delta < 0 ? "regression" : "neutral"),
        "learning:outcome",
        "category:learning",
        delta > 0 ? "outcome:improved" : delta < 0 ? "outcome:regressed" : "outcome:stable",
        delta > 0 ? "hypothesis:validated" : "hypothesis:rejected");
  }
}
