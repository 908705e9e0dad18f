package dev.lightningbridge.camp;

import static dev.lightningbridge.camp.Inserts.ordered;

import dev.lightningbridge.common.TestLevel;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.Written;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Inserts the rows that the app writes when an agent evolves, in its order: evolution record, audit
 * entry, event with its payload, agent version, audit entry.
 */
final class EvolutionRows {
  /**
   * Of the next evolution the app makes an insight of these names with "_change" after it. Its own
   * names, systemPrompt and parameters, would fail a CHECK there and break that evolution.
   */
  private static final String PROMPT = "prompt";

  private static final String PARAMETER = "param";

  private final Connection connection;
  private final Inserts inserts;

  /**
   * One evolution.
   *
   * @param action promotion or rollback
   * @param number of the new agent version
   * @param from the current agent version
   * @param copied the version from which the new one has all but the prompt and the model
   * @param prompt the new one's
   * @param model the new one's; null for that of {@code copied}
   * @param triggerScore the current score of the lineage's latest artifact
   */
  record Evolution(
      String runId,
      String action,
      String sessionId,
      int number,
      AgentVersion from,
      AgentVersion copied,
      String prompt,
      @Nullable String model,
      String hypothesis,
      String reason,
      int triggerScore) {
    String lineageId() {
      return from.lineageId();
    }
  }

  /** A part of the agent that the new version has otherwise. */
  private record Change(String component, String target, String before, String after) {
    Object row(Evolution e) {
      return ordered(
          "component",
          component,
          "changeType",
          "modify",
          "target",
          target,
          "before",
          before,
          "after",
          after,
          "reason",
          e.reason(),
          "confidence",
          TestLevel.CONFIDENCE);
    }
  }

  EvolutionRows(Connection connection, long now, Supplier<UUID> ids) {
    this.connection = connection;
    this.inserts = new Inserts(connection, now, ids);
  }

  /** Inserts them, in the transaction of the connection. */
  Written insert(Evolution e) throws SQLException {
    String agentId = inserts.newId();
    int version = e.number();
    List<Change> changed = changes(e);
    List<Object> changes = changed.stream().map(c -> c.row(e)).toList();
    List<String> components = changed.stream().map(Change::component).toList();

    String recordId = evolutionRecord(e, version, changes);
    String recordAudit =
        inserts.audit(
            "evolution_created",
            "evolution",
            recordId,
            ordered(
                "lineageId",
                e.lineageId(),
                "fromVersion",
                e.from().number(),
                "toVersion",
                version));
    Map<String, Object> payload =
        ordered(
            "fromAgentId", e.from().id(),
            "fromVersion", e.from().number(),
            "toAgentId", agentId,
            "toVersion", version,
            "changes", changes,
            "hypothesis", e.hypothesis(),
            "changedComponents", components,
            "changeCount", components.size(),
            "lightningBridge",
                ordered("runId", e.runId(), "action", e.action(), "evolutionRecordId", recordId));
    String hash = inserts.blob(payload);
    String eventId = event(e, agentId, hash, components);
    agentVersion(e, agentId, version);
    String agentAudit =
        inserts.audit(
            "agent_created",
            "agent",
            agentId,
            ordered("lineageId", e.lineageId(), "version", version));
    return new Written(
        agentId,
        version,
        List.of(eventId),
        List.of(hash),
        recordId,
        List.of(recordAudit, agentAudit),
        null,
        null);
  }

  /** At least the prompt's. */
  private static List<Change> changes(Evolution e) {
    List<Change> changes = new ArrayList<>();
    String before = e.from().model().modelId();
    String after = e.model() == null ? e.copied().model().modelId() : e.model();
    if (!before.equals(after)) {
      changes.add(new Change(PARAMETER, "model", before, after));
    }
    if (changes.isEmpty() || !e.prompt().equals(e.from().systemPrompt())) {
      changes.add(new Change(PROMPT, "system prompt", e.from().systemPrompt(), e.prompt()));
    }
    return changes;
  }

  private String evolutionRecord(Evolution e, int version, List<Object> changes)
      throws SQLException {
    String id = inserts.newId();
    int score = e.triggerScore();
    inserts.insert(
        "evolution_records",
        ordered(
            "id", id,
            "lineage_id", e.lineageId(),
            "from_version", e.from().number(),
            "to_version", version,
            "rollout_id", inserts.newId(),
            "attempt_id", inserts.newId(),
            "trigger_score", score,
            "trigger_directives", "{}",
            "score_analysis",
                JavaScriptJson.stringify(
                    ordered(
                        "score",
                        score,
                        "sentiment",
                        score >= 7 ? "positive" : score >= 4 ? "neutral" : "negative",
                        "aspects",
                        List.of(),
                        "trend",
                        "stable",
                        "deltaFromPrevious",
                        0)),
            "credit_assignment", "[]",
            "plan",
                JavaScriptJson.stringify(
                    ordered(
                        "changes", changes,
                        "hypothesis", e.hypothesis(),
                        "expectedImpact", List.of())),
            "changes", JavaScriptJson.stringify(changes),
            "created_at", inserts.now()));
    return id;
  }

  private String event(Evolution e, String agentId, String hash, List<String> components)
      throws SQLException {
    List<String> tags = new ArrayList<>(List.of("lifecycle:evolved", "category:agent"));
    components.forEach(component -> tags.add("changed:" + component));
    String id = inserts.newId();
    inserts.insert(
        "training_events",
        ordered(
            "id",
            id,
            "timestamp",
            inserts.now(),
            "event_type",
            "agent.evolved",
            "schema_version",
            1,
            "session_id",
            e.sessionId(),
            "lineage_id",
            e.lineageId(),
            "agent_id",
            agentId,
            "payload_hash",
            hash,
            "tags",
            JavaScriptJson.stringify(tags),
            "created_at",
            inserts.now()));
    return id;
  }

  private void agentVersion(Evolution e, String agentId, int version) throws SQLException {
    // The prompt as bytes: the driver would replace what plain UTF-8 cannot hold.
    String sql =
        """
        INSERT INTO main.agent_definitions (id, lineage_id, version, name, description,
          system_prompt, tools, flow, memory_config, parameters, created_at, updated_at)
        SELECT ?1, lineage_id, ?2, name, description,
          CAST(?3 AS TEXT), tools, flow, memory_config,
          CASE WHEN ?5 IS NULL THEN parameters ELSE json_set(
            CASE WHEN json_valid(parameters) THEN parameters ELSE '{}' END, '$.model', ?5) END,
          created_at, ?4
        FROM main.agent_definitions WHERE id = ?6""";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, agentId);
      insert.setInt(2, version);
      insert.setBytes(3, TextEncoding.of(connection).encode(e.prompt()));
      insert.setLong(4, inserts.now());
      insert.setString(5, e.model());
      insert.setString(6, e.copied().id());
      insert.executeUpdate();
    }
  }
}
