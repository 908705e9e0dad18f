package dev.lightningbridge.dataset.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.camp.CampSchema;
import dev.lightningbridge.camp.PayloadHash;
import dev.lightningbridge.common.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes a Training Camp database of any size, such as no browser could hold: 200,000 events are
 * about 500 MB. Sessions of four lineages; the evolver rewrites each agent every tenth cycle; one
 * attempt in fifty fails, one in ten is an analysis run, and one score in five is corrected. The
 * same number of events and seed give the same database.
 */
final class LargeDatabase implements AutoCloseable {
  private static final int CYCLES = 200;
  private static final int INPUTS = 100;
  private static final String[] WORDS =
      ("order invoice refund delivery late café straße customer account locked password please "
              + "charged twice monthly plan cancel upgrade “quoted” €49.00 日本語 answer queue "
              + "priority billing support thank you because could 😀 not find the a of to and")
          .split(" ");

  private final Connection connection;
  private final SplittableRandom random;
  private final Map<String, PreparedStatement> inserts = new HashMap<>();
  private long now = 1_767_000_000_000L;
  private int events;

  private LargeDatabase(Path file, long seed) throws SQLException {
    this.connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    this.connection.setAutoCommit(false);
    this.random = new SplittableRandom(seed);
  }

  /** Command line: FILE EVENTS. */
  public static void main(String[] arguments) throws Exception {
    make(Path.of(arguments[0]), Integer.parseInt(arguments[1]), 1);
  }

  static void make(Path file, int events, long seed) throws Exception {
    Files.deleteIfExists(file);
    try (LargeDatabase database = new LargeDatabase(file, seed)) {
      CampSchema.create(database.connection);
      while (database.events < events) {
        database.session(events);
      }
      database.connection.commit();
    }
  }

  private void session(int limit) throws SQLException {
    String session = id();
    insert(
        "sessions(id, name, need, constraints, created_at, updated_at)",
        session,
        "Session",
        text(20),
        text(10),
        now,
        now);
    String[] inputs = IntStream.range(0, INPUTS).mapToObj(i -> text(32)).toArray(String[]::new);
    String[] lineages = new String[4];
    String[] agents = new String[4];
    String[] prompts = new String[4];
    for (int i = 0; i < lineages.length; i++) {
      lineages[i] = id();
      insert(
          "lineages(id, session_id, label, created_at)",
          lineages[i],
          session,
          "ABCD".substring(i, i + 1),
          now);
    }
    for (int cycle = 1; cycle <= CYCLES && events < limit; cycle++) {
      for (int i = 0; i < lineages.length; i++) {
        if (cycle % 10 == 1) {
          prompts[i] = text(120);
          agents[i] = agent(session, lineages[i], cycle / 10 + 1, prompts[i]);
        }
        String input = inputs[random.nextInt(INPUTS)];
        attempt(session, lineages[i], cycle, agents[i], prompts[i], input);
        if (random.nextInt(10) == 0) {
          completed(id(), "", agents[i], cycle, prompts[i], input, text(95));
        }
      }
      if (cycle % 25 == 0) {
        ObjectNode lock = Json.mapper().createObjectNode().put("lineageId", lineages[0]);
        lock.putArray("competitorIds").add(lineages[1]).add(lineages[2]).add(lineages[3]);
        event("lineage.locked", session, lineages[0], null, null, null, lock);
      }
    }
  }

  private String agent(String session, String lineage, int version, String prompt)
      throws SQLException {
    String agent = id();
    insert(
        "agent_definitions(id, lineage_id, version, name, system_prompt, tools, flow,"
            + " memory_config, parameters, created_at, updated_at)",
        agent,
        lineage,
        version,
        "Agent",
        prompt,
        "[]",
        "[]",
        "{\"type\":\"none\"}",
        "{\"model\":\"azure/gpt-4o\",\"temperature\":0.7,\"maxTokens\":2048}",
        now,
        now);
    event(
        "agent.created",
        session,
        lineage,
        agent,
        null,
        null,
        Json.mapper().createObjectNode().put("agentId", agent).put("systemPrompt", prompt));
    return agent;
  }

  private void attempt(
      String session, String lineage, int cycle, String agent, String prompt, String input)
      throws SQLException {
    boolean failed = random.nextInt(50) == 0;
    String rollout = id();
    String attempt = id();
    String artifact = id();
    String output = failed ? "" : text(95);
    now += random.nextInt(3);
    insert(
        "rollouts(id, lineage_id, cycle, status, created_at)",
        rollout,
        lineage,
        cycle,
        failed ? "failed" : "completed",
        now);
    insert(
        "attempts(id, rollout_id, attempt_number, status, agent_id, agent_version,"
            + " system_prompt_hash, tools_hash, flow_hash, input, model_id, temperature,"
            + " max_tokens, created_at)",
        attempt,
        rollout,
        1,
        "running",
        agent,
        cycle / 10 + 1,
        PayloadHash.snapshot(prompt),
        "b62",
        "b62",
        input,
        "azure/gpt-4o",
        0.7,
        2048,
        now);
    if (!failed) {
      completed(attempt, rollout, agent, cycle, prompt, input, output);
    }
    ObjectNode metadata =
        Json.mapper().createObjectNode().put("agentId", agent).put("agentVersion", cycle / 10 + 1);
    metadata.put("executionSuccess", !failed).put("executionTimeMs", 900).put("inputUsed", input);
    metadata.put("rolloutId", rollout).put("attemptId", attempt);
    insert(
        "artifacts(id, lineage_id, cycle, content, metadata, created_at)",
        artifact,
        lineage,
        cycle,
        output,
        metadata.toString(),
        now);
    if (!failed) {
      score(session, lineage, cycle, artifact, output, metadata);
    }
  }

  private void completed(
      String attempt,
      String rollout,
      String agent,
      int cycle,
      String prompt,
      String input,
      String output)
      throws SQLException {
    ObjectNode payload = Json.mapper().createObjectNode().put("attemptId", attempt);
    payload.put("rolloutId", rollout).put("attemptNumber", 1);
    payload
        .putObject("agentSnapshot")
        .put("agentId", agent)
        .put("version", cycle / 10 + 1)
        .put("systemPromptHash", PayloadHash.snapshot(prompt));
    payload.put("input", input).put("modelId", "azure/gpt-4o").put("output", output);
    payload.put("durationMs", 900).put("spanCount", 1);
    event("attempt.completed", null, null, agent, null, attempt, payload);
  }

  private void score(
      String session,
      String lineage,
      int cycle,
      String artifact,
      String output,
      ObjectNode metadata)
      throws SQLException {
    int score = 0;
    for (int times = random.nextInt(5) == 0 ? 2 : 1; times > 0; times--) {
      score = 1 + random.nextInt(10);
      now++;
      ObjectNode payload = Json.mapper().createObjectNode().put("artifactId", artifact);
      payload.put("lineageId", lineage).put("cycle", cycle).put("content", output);
      payload.put("score", score).set("metadata", metadata);
      event("artifact.scored", session, lineage, null, artifact, null, payload);
    }
    insert("evaluations(id, artifact_id, score, created_at)", id(), artifact, score, now);
  }

  private void event(
      String type,
      String session,
      String lineage,
      String agent,
      String artifact,
      String attempt,
      ObjectNode payload)
      throws SQLException {
    String json = payload.toString();
    String hash = PayloadHash.of(json);
    insert("payload_blobs(hash, content, created_at)", hash, json, now);
    insert(
        "training_events(id, timestamp, event_type, session_id, lineage_id, agent_id,"
            + " artifact_id, attempt_id, payload_hash, tags, created_at)",
        id(),
        now,
        type,
        session,
        lineage,
        agent,
        artifact,
        attempt,
        hash,
        "[\"bench\"]",
        now);
    events++;
  }

  private void insert(String into, Object... values) throws SQLException {
    PreparedStatement statement = inserts.get(into);
    if (statement == null) {
      String places =
          IntStream.range(0, values.length).mapToObj(i -> "?").collect(Collectors.joining(", "));
      statement =
          connection.prepareStatement("INSERT OR IGNORE INTO " + into + " VALUES (" + places + ")");
      inserts.put(into, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    statement.executeUpdate();
  }

  private String id() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private String text(int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return text.append(" #").append(random.nextInt(1_000_000_000)).toString();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
