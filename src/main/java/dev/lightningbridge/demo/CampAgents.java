package dev.lightningbridge.demo;

import static dev.lightningbridge.camp.Inserts.ordered;

import dev.lightningbridge.camp.Inserts;
import dev.lightningbridge.camp.JavaScriptJson;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Writes what the app writes when lineages and agent versions are made. */
final class CampAgents {
  static final int MAX_TOKENS = 2048;
  static final double TOP_P = 0.95;

  private final CampApp app;
  private final String sessionId;
  private final String model;

  CampAgents(CampApp app, String sessionId, String model) {
    this.app = app;
    this.sessionId = sessionId;
    this.model = model;
  }

  /** A new lineage with its first agent version. */
  void addLineage(SampleLineage lineage, long now) throws SQLException {
    app.at(now)
        .insert(
            "lineages",
            ordered(
                "id",
                lineage.id,
                "session_id",
                sessionId,
                "label",
                lineage.label,
                "strategy_tag",
                lineage.strategy.tag(),
                "created_at",
                now));
    saveAgent(lineage, now);
    SampleLineage.Version version = lineage.version;
    app.event(
        now,
        "agent.created",
        ordered("session_id", sessionId, "lineage_id", lineage.id, "agent_id", version.agentId()),
        ordered(
            "agentId", version.agentId(),
            "name", name(lineage),
            "description", lineage.strategy.description(),
            "version", version.number(),
            "systemPrompt", version.prompt(),
            "toolCount", 0,
            "toolNames", List.of(),
            "flowStepCount", 0,
            "memoryType", "buffer",
            "parameters", parameters(version)),
        "lifecycle:created",
        "category:agent");
  }

  /** The lineage's version of the moment, as a row of its own. */
  void saveAgent(SampleLineage lineage, long now) throws SQLException {
    SampleLineage.Version version = lineage.version;
    Inserts inserts = app.at(now);
    inserts.insert(
        "agent_definitions",
        ordered(
            "id", version.agentId(),
            "lineage_id", lineage.id,
            "version", version.number(),
            "name", name(lineage),
            "description", lineage.strategy.description(),
            "system_prompt", version.prompt(),
            "tools", "[]",
            "flow", "[]",
            "memory_config",
                "{\"type\":\"buffer\",\"config\":{\"maxMessages\":10,\"maxTokens\":4000}}",
            "parameters", JavaScriptJson.stringify(parameters(version)),
            "created_at", version.createdAt(),
            "updated_at", now));
    inserts.audit(
        "agent_created",
        "agent",
        version.agentId(),
        ordered("lineageId", lineage.id, "version", version.number()));
  }

  private static String name(SampleLineage lineage) {
    return lineage.strategy.tag() + " Agent";
  }

  private Map<String, Object> parameters(SampleLineage.Version version) {
    Map<String, Object> parameters = ordered("model", model);
    parameters.putAll(sampling(version));
    if (version.penalty() > 0) {
      parameters.put("frequencyPenalty", version.penalty());
      parameters.put("presencePenalty", version.penalty());
    }
    return parameters;
  }

  static Map<String, Object> sampling(SampleLineage.Version version) {
    return ordered("temperature", version.temperature(), "maxTokens", MAX_TOKENS, "topP", TOP_P);
  }
}
