package dev.lightningbridge.rollouts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Attempts at an agent's rollouts in bridge.db, within a transaction of the caller's. */
final class AttemptRows {
  /** Those of an attempt that is called {@code a}. */
  static final String COLUMNS =
      """
      a.rollout_id AS a_rollout, a.id AS a_id, a.number AS a_number, a.status AS a_status,
      a.worker_id AS a_worker, a.started_at AS a_started, a.ended_at AS a_ended,
      a.heartbeat_at AS a_heartbeat, a.metadata_json AS a_metadata
      """;

  private final String agent;

  AttemptRows(String agent) {
    this.agent = agent;
  }

  /** Attempts at one rollout; none where it is not the agent's. */
  RowPage.Rows<StoredAttempt> query(
      Handle handle, String rolloutId, RowFilter filter, RowPage page) {
    return page.read(
        handle,
        new RowPage.Source(
            "SELECT " + COLUMNS + " FROM agl_attempts a JOIN agl_rollouts r ON r.id = a.rollout_id",
            "r.agent = :agent AND r.id = :rollout",
            Map.of("agent", agent, "rollout", rolloutId),
            Map.of(
                "sequence_id", "a.number",
                "attempt_id", "a.id",
                "status", "a.status",
                "worker_id", "a.worker_id",
                "start_time", "a.started_at",
                "end_time", "a.ended_at",
                "last_heartbeat_time", "a.heartbeat_at"),
            "a.number"),
        filter,
        (row, context) -> attempt(row));
  }

  StoredAttempt get(Handle handle, String rolloutId, String attemptId) {
    return query(handle, rolloutId, RowFilter.all().exact("attempt_id", attemptId), RowPage.ALL)
        .items()
        .stream()
        .findFirst()
        .orElseThrow(() -> RolloutError.unknown("attempt", attemptId));
  }

  /** The next attempt at a rollout, of the number that its row says. */
  static void insert(Handle handle, String rolloutId, @Nullable String workerId, double now) {
    handle
        .createUpdate(
            """
            INSERT INTO agl_attempts (rollout_id, number, id, status, worker_id, started_at)
            SELECT id, attempts, :attempt, :status, :worker, :now FROM agl_rollouts WHERE id = :id
            """)
        .bind("id", rolloutId)
        .bind("attempt", RowValues.newId("at-", 8))
        .bind("status", AttemptStatus.PREPARING.word())
        .bind("worker", workerId)
        .bind("now", now)
        .execute();
  }

  static void write(Handle handle, StoredAttempt attempt) {
    handle
        .createUpdate(
            """
            UPDATE agl_attempts SET status = :status, worker_id = :worker, ended_at = :ended,
              heartbeat_at = :heartbeat, metadata_json = :metadata
            WHERE rollout_id = :rollout AND number = :number
            """)
        .bind("rollout", attempt.rolloutId())
        .bind("number", attempt.number())
        .bind("status", attempt.status().word())
        .bind("worker", attempt.workerId())
        .bind("ended", attempt.endedAt())
        .bind("heartbeat", attempt.heartbeatAt())
        .bind("metadata", RowValues.text(attempt.metadata()))
        .execute();
  }

  static StoredAttempt attempt(ResultSet row) throws SQLException {
    return new StoredAttempt(
        row.getString("a_rollout"),
        row.getString("a_id"),
        row.getInt("a_number"),
        AttemptStatus.of(row.getString("a_status")),
        row.getString("a_worker"),
        row.getDouble("a_started"),
        RowValues.seconds(row, "a_ended"),
        RowValues.seconds(row, "a_heartbeat"),
        RowValues.json(row, "a_metadata"));
  }
}
