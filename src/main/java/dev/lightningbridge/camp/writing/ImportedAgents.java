package dev.lightningbridge.camp.writing;

import static dev.lightningbridge.camp.Inserts.ordered;

import dev.lightningbridge.camp.AppRows;
import dev.lightningbridge.camp.CapturedVersions;
import dev.lightningbridge.camp.JavaScriptJson;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Writes what the app writes when lineages and agent versions are made. */
final class ImportedAgents {
  private final AppRows app;
  private final CampImport.NewSession wanted;
  private final String sessionId;

  ImportedAgents(AppRows app, CampImport.NewSession wanted, String sessionId) {
    this.app = app;
    this.wanted = wanted;
    this.sessionId = sessionId;
  }

  /** A lineage with its first version. */
  ImportedVersion first(String prompt, String label) throws SQLException {
    String lineage = app.id("lineage", sessionId, prompt);
    app.rows()
        .insert(
            "lineages",
            ordered(
                "id", lineage, "session_id", sessionId, "label", label, "created_at", app.now()));
    ImportedVersion version =
        new ImportedVersion(
            app.id("version", lineage, prompt), lineage, 1, prompt, wanted.model(), true);
    agent(version);
    app.event(
        "agent.created",
        version.id(),
        app.now(),
        ordered("session_id", sessionId, "lineage_id", lineage, "agent_id", version.id()),
        ordered(
            "agentId",
            version.id(),
            "name",
            name(),
            "description",
            wanted.need(),
            "version",
            1,
            "systemPrompt",
            prompt,
            "toolCount",
            0,
            "toolNames",
            List.of(),
            "flowStepCount",
            0,
            "memoryType",
            "buffer",
            "parameters",
            parameters(version.model())),
        List.of("lifecycle:created", "category:agent"));
    return version;
  }

  /** What the app writes when an agent evolves, without an analysis: nobody made one. */
  ImportedVersion next(String prompt, ImportedVersion from) throws SQLException {
    ImportedVersion version =
        new ImportedVersion(
            wanted.captured()
                ? CapturedVersions.id(from.lineageId(), prompt)
                : app.id("version", from.lineageId(), prompt),
            from.lineageId(),
            from.number() + 1,
            prompt,
            from.model(),
            from.extendable());
    app.event(
        "agent.evolved",
        version.id(),
        app.now(),
        ordered(
            "session_id", sessionId, "lineage_id", version.lineageId(), "agent_id", version.id()),
        ordered(
            "fromAgentId", from.id(),
            "fromVersion", from.number(),
            "toAgentId", version.id(),
            "toVersion", version.number(),
            "changes", List.of(),
            "hypothesis", wanted.captured() ? "Captured" : "Imported",
            "changedComponents", List.of(),
            "changeCount", 0),
        List.of("lifecycle:evolved", "category:agent"));
    agent(version);
    return version;
  }

  private void agent(ImportedVersion version) throws SQLException {
    app.rows()
        .insert(
            "agent_definitions",
            ordered(
                "id", version.id(),
                "lineage_id", version.lineageId(),
                "version", version.number(),
                "name", name(),
                "description", wanted.need(),
                "system_prompt", version.prompt(),
                "tools", "[]",
                "flow", "[]",
                "memory_config",
                    "{\"type\":\"buffer\",\"config\":{\"maxMessages\":10,\"maxTokens\":4000}}",
                "parameters", JavaScriptJson.stringify(parameters(version.model())),
                "created_at", app.now(),
                "updated_at", app.now()));
    app.audit(
        "agent_created",
        "agent",
        version.id(),
        ordered("lineageId", version.lineageId(), "version", version.number()),
        app.now());
  }

  private String name() {
    return wanted.name() + " Agent";
  }

  /** As the app sets its agents up. */
  private static Map<String, Object> parameters(String model) {
    return ordered("model", model, "temperature", 0.7, "maxTokens", 2048);
  }
}
