package dev.lightningbridge.camp;

import static dev.lightningbridge.camp.Inserts.ordered;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes Training Camp databases of any version for tests, row by row as the app writes them. Ids
 * count up and the clock moves by a second with each step, so that equal calls make equal files.
 * What the app never does is done with {@link #sql}.
 */
public final class CampFixture implements AutoCloseable {
  public static final long START = 1_767_600_000_000L;

  private final Path file;
  private final int version;
  private final Connection connection;
  private long now = START;
  private long ids;
  private final Map<String, Agent> agents = new HashMap<>();

  /** What an execution left. */
  public record Run(String attemptId, String rolloutId, String artifactId, String eventId) {}

  private record Agent(String lineageId, int version, String prompt) {}

  private CampFixture(Path file, int version) throws SQLException {
    this.file = file;
    this.version = version;
    this.connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    // Nobody minds losing a test's file to a power failure.
    sql("PRAGMA synchronous = OFF");
    sql("PRAGMA journal_mode = MEMORY");
  }

  /** Begins an empty database of that version. */
  public static CampFixture create(Path file, int version) {
    try {
      CampFixture camp = new CampFixture(file, version);
      CampSchema.create(camp.connection);
      for (String change : OldSchemas.changes(version)) {
        camp.sql(change);
      }
      camp.sql("UPDATE schema_version SET version = ?", version);
      return camp;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Opens a database that is there, to change it with {@link #sql} or to add sessions to it. */
  public static CampFixture reopen(Path file) {
    try {
      CampFixture camp = new CampFixture(file, 9);
      camp.ids = 1_000_000 * Long.parseLong(camp.row("SELECT COUNT(*) FROM sessions").getFirst());
      return camp;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  public Path file() {
    return file;
  }

  public String session(String name, String need, String inputPrompt) {
    String id = id();
    Map<String, Object> row =
        ordered("id", id, "name", name, "need", need, "created_at", tick(), "updated_at", now);
    if (version >= 6) {
      row.put("input_prompt", inputPrompt);
    }
    insert("sessions", row);
    return id;
  }

  /** Deletes as the app does: the session's row alone. */
  public void deleteSession(String id) {
    sql("DELETE FROM sessions WHERE id = ?", id);
  }

  public String lineage(String sessionId, String label) {
    String id = id();
    insert(
        "lineages",
        ordered("id", id, "session_id", sessionId, "label", label, "created_at", tick()));
    return id;
  }

  /** The lineage's next agent version, with the event of its creation or evolution. */
  public String agent(String lineageId, String prompt) {
    String id = id();
    int number =
        1 + (int) agents.values().stream().filter(a -> a.lineageId.equals(lineageId)).count();
    agents.put(id, new Agent(lineageId, number, prompt));
    insert(
        "agent_definitions",
        ordered(
            "id",
            id,
            "lineage_id",
            lineageId,
            "version",
            number,
            "name",
            "Agent",
            "description",
            "made for a test",
            "system_prompt",
            prompt,
            "tools",
            "[]",
            "flow",
            "[]",
            "memory_config",
            "{\"type\":\"none\",\"config\":{}}",
            "parameters",
            "{\"model\":\"azure/gpt-4o\",\"temperature\":0.5,\"maxTokens\":2048,\"topP\":0.9}",
            "created_at",
            START,
            "updated_at",
            tick()));
    if (version >= 4) {
      event(
          number == 1 ? "agent.created" : "agent.evolved",
          number == 1
              ? ordered("agentId", id, "version", 1, "systemPrompt", prompt)
              : ordered("toAgentId", id, "toVersion", number, "changes", List.of()),
          ordered("lineage_id", lineageId, "agent_id", id));
    }
    return id;
  }

  /** A successful execution of an agent without a flow. */
  public Run run(String agentId, int cycle, String input, String output) {
    String attempt = id();
    String rollout = version >= 3 ? rollout(agentId, cycle, "completed") : "";
    if (version >= 3) {
      attempt(attempt, rollout, agentId, input, "running");
    }
    String event = version >= 4 ? completed(attempt, rollout, agentId, input, output) : "";
    Map<String, Object> metadata =
        ordered(
            "agentId", agentId,
            "executionSuccess", true,
            "executionTimeMs", 1000,
            "inputUsed", input,
            "rolloutId", rollout,
            "attemptId", attempt);
    return new Run(attempt, rollout, artifact(agentId, cycle, output, metadata), event);
  }

  /** An execution that the model's error ended: an empty artifact and no event. */
  public Run failure(String agentId, int cycle, String input, String error) {
    String attempt = id();
    String rollout = rollout(agentId, cycle, "failed");
    attempt(attempt, rollout, agentId, input, "running");
    Map<String, Object> metadata =
        ordered(
            "agentId", agentId,
            "executionSuccess", false,
            "error", error,
            "inputUsed", input,
            "rolloutId", rollout,
            "attemptId", attempt);
    return new Run(attempt, rollout, artifact(agentId, cycle, "", metadata), "");
  }

  /** The app's own run of an agent before it evolves: an event and nothing else. */
  public Run analysis(String agentId, String input, String output) {
    String attempt = id();
    return new Run(attempt, "", "", completed(attempt, "", agentId, input, output));
  }

  /** Scores or corrects a score, and returns the event's id. */
  public String score(String artifactId, int score, String comment) {
    List<String> artifact =
        row("SELECT lineage_id, cycle, content, metadata FROM artifacts WHERE id = ?", artifactId);
    if (row("SELECT id FROM evaluations WHERE artifact_id = ?", artifactId).isEmpty()) {
      insert(
          "evaluations",
          ordered("id", id(), "artifact_id", artifactId, "score", score, "created_at", tick()));
    }
    sql(
        "UPDATE evaluations SET score = ?, comment = ? WHERE artifact_id = ?",
        score,
        comment,
        artifactId);
    if (version < 4) {
      return "";
    }
    Map<String, Object> payload =
        ordered(
            "artifactId", artifactId,
            "lineageId", artifact.get(0),
            "cycle", Integer.valueOf(artifact.get(1)),
            "content", artifact.get(2),
            "score", score,
            "metadata", metadata(artifact.get(3)));
    return event(
        "artifact.scored",
        payload,
        ordered("lineage_id", artifact.get(0), "artifact_id", artifactId));
  }

  /** Locks a lineage as better than the others, and returns the event's id. */
  public String lock(String lineageId, List<String> competitors) {
    sql("UPDATE lineages SET is_locked = 1 WHERE id = ?", lineageId);
    return event(
        "lineage.locked",
        ordered(
            "lineageId", lineageId,
            "competitorIds", competitors,
            "competitorCount", competitors.size()),
        ordered("lineage_id", lineageId));
  }

  /**
   * Records a comparison through the app's recorder, which fixes all but the payload's shape, and
   * returns the event's id.
   */
  public String compare(String chosen, List<String> rejected, String reason) {
    return event(
        "artifact.compared",
        ordered("winnerArtifactId", chosen, "loserArtifactIds", rejected, "reason", reason),
        ordered("artifact_id", chosen));
  }

  /** Records an event with its payload under the hash that the version writes. */
  public String event(String type, Map<String, Object> payload, Map<String, Object> references) {
    String json = JavaScriptJson.stringify(payload);
    String hash = PayloadHash.of(json);
    if (version < 8) {
      String half = PayloadHash.snapshot(json);
      hash = "0".repeat(8 - half.length()) + half + Long.toHexString(now);
    }
    sql("INSERT OR IGNORE INTO payload_blobs VALUES (?, ?, ?)", hash, json, tick());
    String id = id();
    Map<String, Object> row =
        ordered(
            "id", id,
            "timestamp", now,
            "event_type", type,
            "payload_hash", hash,
            "tags", "[\"made:for-a-test\"]",
            "created_at", now);
    row.putAll(references);
    insert("training_events", row);
    return id;
  }

  /** Runs any statement. */
  public void sql(String sql, Object... values) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** The texts of the first row found; empty where there is none. */
  public List<String> row(String sql, Object... values) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      List<String> row = new ArrayList<>();
      try (ResultSet found = statement.executeQuery()) {
        if (found.next()) {
          for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
            row.add(found.getString(i));
          }
        }
      }
      return row;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private String completed(
      String attempt, String rollout, String agentId, String input, String output) {
    Agent agent = agents.get(agentId);
    return event(
        "attempt.completed",
        ordered(
            "attemptId",
            attempt,
            "rolloutId",
            rollout,
            "attemptNumber",
            1,
            "agentSnapshot",
            ordered(
                "agentId",
                agentId,
                "version",
                agent.version,
                "systemPromptHash",
                PayloadHash.snapshot(agent.prompt)),
            "input",
            input,
            "output",
            output,
            "modelId",
            "azure/gpt-4o",
            "parameters",
            ordered("temperature", 0.5, "maxTokens", 2048, "topP", 0.9),
            "durationMs",
            1000),
        ordered("agent_id", agentId, "attempt_id", attempt));
  }

  private String rollout(String agentId, int cycle, String status) {
    String id = id();
    insert(
        "rollouts",
        ordered(
            "id", id,
            "lineage_id", agents.get(agentId).lineageId,
            "cycle", cycle,
            "status", status,
            "created_at", tick()));
    return id;
  }

  private void attempt(String id, String rollout, String agentId, String input, String status) {
    Agent agent = agents.get(agentId);
    insert(
        "attempts",
        ordered(
            "id",
            id,
            "rollout_id",
            rollout,
            "attempt_number",
            1,
            "status",
            status,
            "agent_id",
            agentId,
            "agent_version",
            agent.version,
            "system_prompt_hash",
            PayloadHash.snapshot(agent.prompt),
            "tools_hash",
            "b62",
            "flow_hash",
            "b62",
            "input",
            input,
            "model_id",
            "azure/gpt-4o",
            "temperature",
            0.5,
            "max_tokens",
            2048,
            "top_p",
            0.9,
            "created_at",
            tick()));
  }

  private String artifact(String agentId, int cycle, String content, Map<String, Object> metadata) {
    String id = id();
    insert(
        "artifacts",
        ordered(
            "id",
            id,
            "lineage_id",
            agents.get(agentId).lineageId,
            "cycle",
            cycle,
            "content",
            content,
            "metadata",
            version == 1 ? "null" : JavaScriptJson.stringify(metadata),
            "created_at",
            tick()));
    return id;
  }

  private static Object metadata(String stored) {
    try {
      return dev.lightningbridge.common.Json.mapper().readValue(stored, Object.class);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private void insert(String table, Map<String, Object> row) {
    sql(
        "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(
                table,
                String.join(", ", row.keySet()),
                String.join(", ", java.util.Collections.nCopies(row.size(), "?"))),
        row.values().toArray());
  }

  private String id() {
    return new UUID(0x0000_0000_0000_4000L, 0x8000_0000_0000_0000L + ++ids).toString();
  }

  private long tick() {
    return now += 1000;
  }
}
