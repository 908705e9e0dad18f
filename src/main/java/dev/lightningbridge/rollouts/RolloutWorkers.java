package dev.lightningbridge.rollouts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.store.BridgeDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** What an agent's runners do, as far as they say: agentlightning's Worker. */
public final class RolloutWorkers {
  private static final RowPage.Source SOURCE =
      new RowPage.Source(
          "SELECT * FROM agl_workers",
          "agent = :agent",
          Map.of(),
          Map.of(
              "worker_id", "id",
              "status", "status",
              "last_heartbeat_time", "heartbeat_at",
              "last_dequeue_time", "dequeued_at",
              "last_busy_time", "busy_at",
              "last_idle_time", "idle_at",
              "current_rollout_id", "rollout_id",
              "current_attempt_id", "attempt_id"),
          "place");

  private final BridgeDatabase database;
  private final String agent;
  private final Clock clock;

  RolloutWorkers(BridgeDatabase database, String agent, Clock clock) {
    this.database = database;
    this.agent = agent;
    this.clock = clock;
  }

  public RowPage.Rows<ObjectNode> query(RowFilter filter, RowPage page) {
    return database.reading(
        handle ->
            page.read(
                handle, SOURCE.of(Map.of("agent", agent)), filter, (row, context) -> json(row)));
  }

  public Optional<ObjectNode> find(String id) {
    return query(RowFilter.all().exact("worker_id", id), RowPage.ALL).items().stream().findFirst();
  }

  /**
   * A runner has told of itself.
   *
   * @param stats a JSON object; null leaves what it told before
   */
  public ObjectNode heartbeat(String id, @Nullable JsonNode stats) {
    double now = RowValues.now(clock);
    database.useTransaction(
        handle -> {
          ensure(handle, id);
          update(handle, id, "heartbeat_at = :now, stats_json = coalesce(:stats, stats_json)")
              .bind("now", now)
              .bind("stats", RowValues.text(stats))
              .execute();
        });
    return find(id).orElseThrow(() -> RolloutError.unknown("worker", id));
  }

  /** An attempt of the runner has begun, or has come to stand where it stands. */
  void follow(Handle handle, StoredAttempt attempt) {
    String id = attempt.workerId();
    if (id == null || id.isEmpty()) {
      return;
    }
    ensure(handle, id);
    boolean busy =
        attempt.status() == AttemptStatus.PREPARING || attempt.status() == AttemptStatus.RUNNING;
    boolean lost =
        attempt.status() == AttemptStatus.TIMEOUT || attempt.status() == AttemptStatus.UNRESPONSIVE;
    update(
            handle,
            id,
            "status = :status, %s = :now, rollout_id = :rollout, attempt_id = :attempt"
                .formatted(busy ? "busy_at" : "idle_at"))
        .bind("status", busy ? "busy" : lost ? "unknown" : "idle")
        .bind("now", RowValues.now(clock))
        .bind("rollout", busy ? attempt.rolloutId() : null)
        .bind("attempt", busy ? attempt.id() : null)
        .execute();
  }

  /** The runner has asked for rollouts. */
  void asked(Handle handle, @Nullable String id, boolean gotOne) {
    if (id == null || id.isEmpty()) {
      return;
    }
    ensure(handle, id);
    double now = RowValues.now(clock);
    update(handle, id, "dequeued_at = :now").bind("now", now).execute();
    if (!gotOne) {
      handle
          .createUpdate(
              """
              UPDATE agl_workers SET status = 'idle', idle_at = :now, rollout_id = NULL,
                attempt_id = NULL
              WHERE agent = :agent AND id = :id AND status <> 'idle'
              """)
          .bind("agent", agent)
          .bind("id", id)
          .bind("now", now)
          .execute();
    }
  }

  /** When a runner last asked for work or said that it is there; empty for never. */
  public Optional<Instant> lastSeen() {
    return database.reading(this::lastSeen);
  }

  /** An attempt that ended is no sign: another one may have given it up. */
  Optional<Instant> lastSeen(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT max(heartbeat_at) AS heartbeat, max(dequeued_at) AS dequeued, max(busy_at) AS busy
            FROM agl_workers WHERE agent = :agent
            """)
        .bind("agent", agent)
        .map(
            (row, context) ->
                Stream.of(
                        RowValues.seconds(row, "heartbeat"),
                        RowValues.seconds(row, "dequeued"),
                        RowValues.seconds(row, "busy"))
                    .flatMap(Stream::ofNullable)
                    .max(Double::compare))
        .one()
        .map(RowValues::instant);
  }

  /** How many runners were seen since then. */
  long seenSince(Handle handle, double time) {
    return handle
        .createQuery(
            """
            SELECT count(*) FROM agl_workers WHERE agent = :agent
              AND (heartbeat_at >= :time OR dequeued_at >= :time OR busy_at >= :time)
            """)
        .bind("agent", agent)
        .bind("time", time)
        .mapTo(Long.class)
        .one();
  }

  void forget(Handle handle, double before) {
    handle.execute(
        """
        DELETE FROM agl_workers WHERE agent = ? AND coalesce(heartbeat_at, 0) < ?
          AND coalesce(dequeued_at, 0) < ? AND coalesce(busy_at, 0) < ? AND coalesce(idle_at, 0) < ?
        """,
        agent,
        before,
        before,
        before,
        before);
  }

  private void ensure(Handle handle, String id) {
    handle.execute(
        "INSERT INTO agl_workers (agent, id, status) VALUES (?, ?, 'unknown') ON CONFLICT DO NOTHING",
        agent,
        id);
  }

  private Update update(Handle handle, String id, String set) {
    return handle
        .createUpdate("UPDATE agl_workers SET " + set + " WHERE agent = :agent AND id = :id")
        .bind("agent", agent)
        .bind("id", id);
  }

  private static ObjectNode json(ResultSet row) throws SQLException {
    ObjectNode json =
        Json.mapper()
            .createObjectNode()
            .put("worker_id", row.getString("id"))
            .put("status", row.getString("status"))
            .put("last_heartbeat_time", RowValues.seconds(row, "heartbeat_at"))
            .put("last_dequeue_time", RowValues.seconds(row, "dequeued_at"))
            .put("last_busy_time", RowValues.seconds(row, "busy_at"))
            .put("last_idle_time", RowValues.seconds(row, "idle_at"))
            .put("current_rollout_id", row.getString("rollout_id"))
            .put("current_attempt_id", row.getString("attempt_id"));
    json.set("heartbeat_stats", RowValues.json(row, "stats_json"));
    return json;
  }
}
