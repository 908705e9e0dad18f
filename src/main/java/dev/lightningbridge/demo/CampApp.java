package dev.lightningbridge.demo;

import static dev.lightningbridge.camp.Inserts.ordered;

import dev.lightningbridge.camp.Inserts;
import dev.lightningbridge.camp.JavaScriptJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the Training Camp app: writes the rows that the app, version 9, writes for what
 * people do in it, in its order.
 */
final class CampApp {
  private final Connection connection;
  private final Supplier<UUID> ids;

  CampApp(Connection connection, Supplier<UUID> ids) {
    this.connection = connection;
    this.ids = ids;
  }

  String newId() {
    return ids.get().toString();
  }

  void session(String id, SamplePlan.SessionPlan plan, String input, long now) throws SQLException {
    Map<String, Object> row = ordered("id", id, "name", plan.name(), "need", plan.need());
    if (plan.constraints() != null) {
      row.put("constraints", plan.constraints());
    }
    row.put("input_prompt", input);
    row.put("initial_agent_count", plan.initialAgents());
    row.put("trainer_messages", "[]");
    row.put("created_at", now);
    row.put("updated_at", now);
    Inserts inserts = at(now);
    inserts.insert("sessions", row);
    inserts.audit(
        "session_created",
        "session",
        id,
        ordered("name", plan.name(), "initialAgentCount", plan.initialAgents()));
  }

  /** The session as it is left: its earlier inputs stand in the attempts only. */
  void leaveSession(String id, String lastInput, List<Object> trainerMessages, long now)
      throws SQLException {
    update(
        "UPDATE sessions SET input_prompt = ?, trainer_messages = ?, updated_at = ? WHERE id = ?",
        lastInput,
        JavaScriptJson.stringify(trainerMessages),
        now,
        id);
  }

  /** An event with its payload. */
  void event(
      long now, String type, Map<String, Object> refs, Map<String, Object> payload, String... tags)
      throws SQLException {
    Inserts inserts = at(now);
    Map<String, Object> row =
        ordered("id", newId(), "timestamp", now, "event_type", type, "schema_version", 1);
    row.putAll(refs);
    row.put("payload_hash", inserts.blob(payload));
    row.put("tags", JavaScriptJson.stringify(List.of(tags)));
    row.put("created_at", now);
    inserts.insert("training_events", row);
  }

  void update(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  Inserts at(long now) {
    return new Inserts(connection, now, ids);
  }
}
