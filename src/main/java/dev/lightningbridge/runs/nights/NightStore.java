package dev.lightningbridge.runs.nights;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.store.BridgeDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Nights in bridge.db. Each step of a night is written once, whoever comes first; so several
 * servers may work on the same night, and one that ends in the middle of it leaves nothing half
 * done.
 */
public final class NightStore {
  private final BridgeDatabase database;
  private final Clock clock;

  public NightStore(BridgeDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** A night as bridge.db holds it; the schedule is as it was at the night's start. */
  record Stored(
      String id,
      long dueAt,
      boolean asked,
      Night.State state,
      @Nullable String remark,
      Schedule schedule,
      @Nullable NightPlan plan,
      @Nullable String digestJson,
      long startedAt,
      @Nullable Long finishedAt) {}

  /** What became of a lineage that was picked: a run or an error. */
  record Begun(@Nullable String runId, @Nullable String error) {}

  /**
   * Begins the night of this due time, or skips it where the schedule's former night still runs.
   * The time is done with then, whatever becomes of the night.
   *
   * @param asked whether a person asked for it: that is not skipped but refused
   * @return empty where there is a night of this due time already, or it is refused
   */
  Optional<Stored> begin(Schedule schedule, long dueAt, boolean asked, @Nullable String remark) {
    return database.inTransaction(
        handle -> {
          Optional<String> running = running(handle, schedule.id());
          if (asked && running.isPresent()) {
            return Optional.empty();
          }
          String id = UUID.randomUUID().toString();
          int added =
              handle
                  .createUpdate(
                      """
                      INSERT INTO nights (id, schedule_id, due_at, asked, state, remark,
                          schedule_json, started_at, finished_at)
                      VALUES (:id, :schedule, :due, :asked, :state, :remark, :json, :now, :end)
                      ON CONFLICT DO NOTHING
                      """)
                  .bind("id", id)
                  .bind("schedule", schedule.id())
                  .bind("due", dueAt)
                  .bind("asked", asked ? 1 : 0)
                  .bind("state", running.isPresent() ? "skipped" : "running")
                  .bind("remark", running.map(NightStore::skipped).orElse(remark))
                  .bind("json", Json.write(schedule))
                  .bind("now", clock.millis())
                  .bind("end", running.isPresent() ? (Long) clock.millis() : null)
                  .execute();
          if (!asked) {
            handle.execute(
                "UPDATE schedules SET handled_until = ? WHERE id = ? AND handled_until < ?",
                dueAt,
                schedule.id(),
                dueAt);
          }
          return added == 0 ? Optional.empty() : find(handle, id);
        });
  }

  private static String skipped(String running) {
    return "Skipped: night " + running + " of this schedule had not ended.";
  }

  private static Optional<String> running(Handle handle, String scheduleId) {
    return handle
        .createQuery("SELECT id FROM nights WHERE schedule_id = :id AND state = 'running'")
        .bind("id", scheduleId)
        .mapTo(String.class)
        .findFirst();
  }

  Optional<Stored> find(String id) {
    return database.reading(handle -> find(handle, id));
  }

  private static Optional<Stored> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM nights WHERE id = :id")
        .bind("id", id)
        .map((rs, context) -> stored(rs))
        .findOne();
  }

  /** Those that have not ended, oldest first. */
  public List<Stored> running() {
    return database.reading(
        handle ->
            handle
                .createQuery("SELECT * FROM nights WHERE state = 'running' ORDER BY started_at, id")
                .map((rs, context) -> stored(rs))
                .list());
  }

  /** The newest first, of one schedule or of all, from behind one of them on. */
  List<Stored> newest(int limit, @Nullable String scheduleId, @Nullable Stored behind) {
    return database.reading(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM nights WHERE (:all = 1 OR schedule_id = :schedule)
                        AND (started_at < :start OR (started_at = :start AND id < :id))
                    ORDER BY started_at DESC, id DESC LIMIT :limit
                    """)
                .bind("all", scheduleId == null ? 1 : 0)
                .bind("schedule", scheduleId == null ? "" : scheduleId)
                .bind("start", behind == null ? Long.MAX_VALUE : behind.startedAt())
                .bind("id", behind == null ? "" : behind.id())
                .bind("limit", limit)
                .map((rs, context) -> stored(rs))
                .list());
  }

  /** Keeps the plan where the night has none yet. */
  void planned(String nightId, NightPlan plan) {
    database.useTransaction(
        handle ->
            handle.execute(
                "UPDATE nights SET plan_json = ? WHERE id = ? AND plan_json IS NULL",
                Json.write(plan),
                nightId));
  }

  /** Keeps what became of a lineage that was picked. */
  void begun(String nightId, String lineageId, Begun begun) {
    database.useTransaction(
        handle ->
            handle.execute(
                """
                INSERT INTO night_runs (night_id, lineage_id, run_id, error) VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """,
                nightId,
                lineageId,
                begun.runId(),
                begun.error()));
  }

  /** What became of the lineages that were picked, by lineage. */
  Map<String, Begun> begun(String nightId) {
    return database.reading(
        handle ->
            handle
                .createQuery(
                    "SELECT lineage_id, run_id, error FROM night_runs WHERE night_id = :id")
                .bind("id", nightId)
                .reduceRows(
                    new HashMap<String, Begun>(),
                    (begun, row) -> {
                      begun.put(
                          row.getColumn("lineage_id", String.class),
                          new Begun(
                              row.getColumn("run_id", String.class),
                              row.getColumn("error", String.class)));
                      return begun;
                    }));
  }

  /** Ends the night; false where somebody else has. */
  boolean end(Night digest) {
    return database.inTransaction(
        handle ->
            handle.execute(
                    """
                    UPDATE nights SET state = 'ended', digest_json = ?, finished_at = ?
                    WHERE id = ? AND state = 'running'
                    """,
                    Json.write(digest),
                    digest.finishedAt(),
                    digest.id())
                == 1);
  }

  private static Stored stored(ResultSet rs) throws SQLException {
    String plan = rs.getString("plan_json");
    long finished = rs.getLong("finished_at");
    Long finishedAt = rs.wasNull() ? null : finished;
    return new Stored(
        rs.getString("id"),
        rs.getLong("due_at"),
        rs.getInt("asked") == 1,
        Night.State.of(rs.getString("state")),
        rs.getString("remark"),
        Json.read(rs.getString("schedule_json"), Schedule.class),
        plan == null ? null : Json.read(plan, NightPlan.class),
        rs.getString("digest_json"),
        rs.getLong("started_at"),
        finishedAt);
  }
}
