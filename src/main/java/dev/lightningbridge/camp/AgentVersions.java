package dev.lightningbridge.camp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.ModelSettings;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads agent versions. Their prompts differ, the rest mostly not: equal texts are held once. */
final class AgentVersions {
  private static final String ALL =
      "SELECT d.* FROM agent_definitions d %s ORDER BY d.lineage_id, d.version, d.updated_at, d.row";

  private final Tables tables;
  private final Sessions sessions;

  AgentVersions(Tables tables, Sessions sessions) {
    this.tables = tables;
    this.sessions = sessions;
  }

  List<AgentVersion> all() {
    Map<String, String> once = new HashMap<>();
    return tables.list(ALL.formatted(""), row -> read(row, once));
  }

  List<AgentVersion> of(String lineageId) {
    Map<String, String> once = new HashMap<>();
    return tables.list(ALL.formatted("WHERE d.lineage_id = ?"), row -> read(row, once), lineageId);
  }

  private @Nullable AgentVersion read(Row row, Map<String, String> once) throws SQLException {
    String id = row.requiredId("agent_definitions");
    String lineageId = row.text("lineage_id");
    if (id == null || lineageId == null || !sessions.hasLineage(lineageId)) {
      if (id != null && !sessions.isLeftOut(lineageId)) {
        row.report(CampError.NO_LINEAGE, "its lineage %s is not there".formatted(lineageId));
      }
      return null;
    }
    String parameters = row.text("parameters", "{}");
    return new AgentVersion(
        id,
        once(lineageId, once),
        row.small("version", 1),
        once(row.text("name", ""), once),
        once(row.text("description", ""), once),
        row.text("system_prompt", ""),
        settings(row, parameters),
        once(row.text("tools", "[]"), once),
        once(row.text("flow", "[]"), once),
        once(row.text("memory_config", "{}"), once),
        once(parameters, once),
        row.integer("created_at", 0),
        row.integer("updated_at", 0));
  }

  private static ModelSettings settings(Row row, String parameters) throws SQLException {
    JsonNode json = JsonText.parse(parameters);
    if (json == null || !json.isObject()) {
      row.report(CampError.BAD_JSON, "its parameters are no JSON object");
      json = MissingNode.getInstance();
    }
    Long tokens = JsonText.integer(json, "maxTokens");
    return new ModelSettings(
        Objects.requireNonNullElse(JsonText.text(json, "model"), "unknown"),
        JsonText.real(json, "temperature"),
        tokens == null ? null : tokens.intValue(),
        JsonText.real(json, "topP"));
  }

  private static String once(String text, Map<String, String> once) {
    return once.computeIfAbsent(text, t -> t);
  }
}
