package dev.lightningbridge.rollouts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** An agent's rollouts and attempts in bridge.db, within a transaction of the caller's. */
final class RolloutRows {
  private static final String SELECT =
      "SELECT r.*, "
          + AttemptRows.COLUMNS
          + " FROM agl_rollouts r LEFT JOIN agl_attempts a ON a.rollout_id = r.id"
          + " AND a.number = r.attempts";

  /**
   * Unlike in agentlightning's own store, a runner's word that it is there counts for the attempt
   * that it has: an agent is silent for as long as its model thinks.
   */
  private static final String OVERDUE =
      """
      SELECT r.id FROM agl_rollouts r
      JOIN agl_attempts a ON a.rollout_id = r.id AND a.number = r.attempts
      WHERE r.agent = :agent AND r.status IN ('preparing', 'running')
        AND (a.started_at + r.timeout_s < :now
          OR coalesce(a.heartbeat_at, a.started_at) + r.unresponsive_s < :now
            AND NOT EXISTS (SELECT 1 FROM agl_workers w
              WHERE w.agent = r.agent AND w.id = a.worker_id AND w.attempt_id = a.id
                AND w.heartbeat_at + r.unresponsive_s >= :now))
      """;

  private final String agent;

  RolloutRows(String agent) {
    this.agent = agent;
  }

  Optional<StoredRollout> find(Handle handle, String id) {
    return handle
        .createQuery(SELECT + " WHERE r.agent = :agent AND r.id = :id")
        .bind("agent", agent)
        .bind("id", id)
        .map((row, context) -> rollout(row))
        .findOne();
  }

  StoredRollout get(Handle handle, String id) {
    return find(handle, id).orElseThrow(() -> RolloutError.unknown("rollout", id));
  }

  RowPage.Rows<StoredRollout> query(Handle handle, RowFilter filter, RowPage page) {
    return page.read(
        handle,
        new RowPage.Source(
            SELECT,
            "r.agent = :agent",
            Map.of("agent", agent),
            Map.of(
                "rollout_id", "r.id",
                "status", "r.status",
                "start_time", "r.started_at",
                "end_time", "r.ended_at",
                "mode", "r.mode",
                "resources_id", "r.resources_id"),
            "r.place"),
        filter,
        (row, context) -> rollout(row));
  }

  void insert(Handle handle, StoredRollout rollout) {
    with(
            handle.createUpdate(
                """
            INSERT INTO agl_rollouts (agent, id, status, queued_at, started_at, mode, resources_id,
              timeout_s, unresponsive_s, max_attempts, retry_on, attempts, sequence, spans,
              span_bytes, input_json, metadata_json)
            VALUES (:agent, :id, :status, :queued, :started, :mode, :resources, :timeout,
              :unresponsive, :attempts, :retry, 0, 0, 0, 0, :input, :metadata)
            """),
            rollout)
        .bind("agent", agent)
        .bind("status", rollout.status().word())
        .bind("queued", rollout.status().isWaiting() ? rollout.startedAt() : null)
        .bind("started", rollout.startedAt())
        .execute();
  }

  /** Writes what a change can have changed, beside the status. */
  void write(Handle handle, StoredRollout rollout) {
    with(
            handle.createUpdate(
                """
            UPDATE agl_rollouts SET mode = :mode, resources_id = :resources, timeout_s = :timeout,
              unresponsive_s = :unresponsive, max_attempts = :attempts, retry_on = :retry,
              input_json = :input, metadata_json = :metadata
            WHERE id = :id
            """),
            rollout)
        .execute();
  }

  /** What a rollout was asked with, for the statement that writes it. */
  private static Update with(Update update, StoredRollout rollout) {
    RetryRules rules = rollout.rules();
    return update
        .bind("id", rollout.id())
        .bind("mode", rollout.mode())
        .bind("resources", rollout.resourcesId())
        .bind("timeout", rules.timeoutSeconds())
        .bind("unresponsive", rules.unresponsiveSeconds())
        .bind("attempts", rules.maxAttempts())
        .bind("retry", rules.retryOnText())
        .bind("input", Json.write(rollout.input()))
        .bind("metadata", RowValues.text(rollout.metadata()));
  }

  /** One that waits is in the queue: at its end, or where it is there already. */
  void status(Handle handle, String id, RolloutStatus status, double now) {
    handle
        .createUpdate(
            """
            UPDATE agl_rollouts SET status = :status,
              queued_at = CASE WHEN :status IN ('queuing', 'requeuing')
                THEN coalesce(queued_at, :now) END,
              ended_at = CASE WHEN :status IN ('failed', 'succeeded', 'cancelled')
                THEN :now ELSE ended_at END
            WHERE id = :id
            """)
        .bind("id", id)
        .bind("status", status.word())
        .bind("now", now)
        .execute();
  }

  /** Begins the next attempt at a rollout, which is then being prepared. */
  StoredRollout begin(Handle handle, String id, @Nullable String workerId, double now) {
    status(handle, id, RolloutStatus.PREPARING, now);
    handle.execute("UPDATE agl_rollouts SET attempts = attempts + 1 WHERE id = ?", id);
    AttemptRows.insert(handle, id, workerId, now);
    return get(handle, id);
  }

  /** Those that wait, the next one first. */
  List<String> waiting(Handle handle, int most) {
    return handle
        .createQuery(
            """
            SELECT id FROM agl_rollouts WHERE agent = :agent AND status IN ('queuing', 'requeuing')
            ORDER BY queued_at, place LIMIT :most
            """)
        .bind("agent", agent)
        .bind("most", most)
        .mapTo(String.class)
        .list();
  }

  /** Those whose attempt is to be given up by their rules. */
  List<String> overdue(Handle handle, double now) {
    return handle
        .createQuery(OVERDUE)
        .bind("agent", agent)
        .bind("now", now)
        .mapTo(String.class)
        .list();
  }

  /** Attempts and spans go with their rollout. */
  void forget(Handle handle, double before) {
    handle.execute(
        """
        DELETE FROM agl_rollouts WHERE agent = ? AND ended_at < ?
          AND status IN ('failed', 'succeeded', 'cancelled')
        """,
        agent,
        before);
  }

  private static StoredRollout rollout(ResultSet row) throws SQLException {
    return new StoredRollout(
        row.getString("id"),
        Json.read(row.getString("input_json"), JsonNode.class),
        row.getString("mode"),
        row.getString("resources_id"),
        RolloutStatus.of(row.getString("status")),
        new RetryRules(
            RowValues.seconds(row, "timeout_s"),
            RowValues.seconds(row, "unresponsive_s"),
            row.getInt("max_attempts"),
            RetryRules.retryOn(row.getString("retry_on"))),
        row.getDouble("started_at"),
        RowValues.seconds(row, "ended_at"),
        RowValues.json(row, "metadata_json"),
        row.getString("a_id") == null ? null : AttemptRows.attempt(row));
  }
}
