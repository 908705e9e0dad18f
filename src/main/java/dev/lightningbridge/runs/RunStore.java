package dev.lightningbridge.runs;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.store.BridgeDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs in bridge.db, with their events, candidates and evaluations. */
public final class RunStore {
  private final BridgeDatabase database;
  private final Clock clock;

  public RunStore(BridgeDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Adds a new run. */
  public void insert(StoredRun run) {
    database.useTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO runs (id, state, engine, camp_path, session_id, lineage_id, baseline_id,
                        baseline_prompt, seed, sandbox, request_json, created_at)
                    VALUES (:id, :state, :engine, :camp, :session, :lineage, :baseline,
                        :prompt, :seed, :sandbox, :request, :created)
                    """)
                .bind("id", run.id())
                .bind("state", run.state().text())
                .bind("engine", run.engine())
                .bind("camp", run.campPath())
                .bind("session", run.sessionId())
                .bind("lineage", run.lineageId())
                .bind("baseline", run.baselineId())
                .bind("prompt", run.baselinePrompt())
                .bind("seed", run.seed())
                .bind("sandbox", run.sandbox() ? 1 : 0)
                .bind("request", run.requestJson())
                .bind("created", run.createdAt())
                .execute());
  }

  /** Notes how a run ended. */
  public void finish(
      String runId, RunState state, @Nullable String resultJson, @Nullable String error) {
    database.useTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    UPDATE runs SET state = :state, result_json = coalesce(:result, result_json),
                        error = :error, finished_at = :at WHERE id = :id
                    """)
                .bind("state", state.text())
                .bind("result", resultJson)
                .bind("error", error)
                .bind("at", clock.millis())
                .bind("id", runId)
                .execute());
  }

  /** Changes a finished run's state, after a decision on its proposal. */
  public void setState(String runId, RunState state) {
    database.useTransaction(
        handle -> handle.execute("UPDATE runs SET state = ? WHERE id = ?", state.text(), runId));
  }

  public Optional<StoredRun> find(String runId) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery("SELECT * FROM runs WHERE id = :id")
                .bind("id", runId)
                .map((rs, context) -> run(rs))
                .findOne());
  }

  /**
   * The run with this id.
   *
   * @throws BridgeException where there is none
   */
  public StoredRun get(String runId) {
    return find(runId)
        .orElseThrow(
            () ->
                new BridgeException(
                    RunError.NO_SUCH_RUN,
                    "there is no run of this id",
                    runId,
                    "`runs list` shows the runs of this --home."));
  }

  /** The newest runs first. */
  public List<StoredRun> newest(int limit) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery("SELECT * FROM runs ORDER BY created_at DESC, id LIMIT :limit")
                .bind("limit", limit)
                .map((rs, context) -> run(rs))
                .list());
  }

  /** Appends an event, and what it tells of candidates and evaluations, in one transaction. */
  public void append(String runId, RunEvent event) {
    database.useTransaction(
        handle -> {
          handle.execute(
              """
              INSERT INTO events (run_id, sequence, type, body_json, at)
              SELECT ?, coalesce(max(sequence), 0) + 1, ?, ?, ? FROM events WHERE run_id = ?
              """,
              runId,
              type(event.getClass()),
              Json.write(event),
              clock.millis(),
              runId);
          if (event instanceof RunEvent.CandidateMade made) {
            handle.execute(
                "INSERT OR IGNORE INTO candidates VALUES (?, ?, ?, ?, ?, ?)",
                runId,
                made.candidate(),
                made.parent(),
                made.round(),
                made.prompt(),
                made.critique());
          } else if (event instanceof RunEvent.Evaluated evaluated) {
            handle.execute(
                """
                INSERT INTO evaluations (run_id, candidate, purpose, round, tasks, failures, mean)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                runId,
                evaluated.candidate(),
                evaluated.purpose(),
                evaluated.round(),
                evaluated.tasks(),
                evaluated.failures(),
                Double.isNaN(evaluated.mean()) ? null : evaluated.mean());
          }
        });
  }

  /** The events of a run, oldest first: their type, body and time. */
  public List<StoredEvent> events(String runId) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery("SELECT * FROM events WHERE run_id = :id ORDER BY sequence")
                .bind("id", runId)
                .map(
                    (rs, context) ->
                        new StoredEvent(
                            rs.getLong("sequence"),
                            rs.getString("type"),
                            rs.getString("body_json"),
                            rs.getLong("at")))
                .list());
  }

  /** What the run spent so far. */
  public Spend spend(String runId) {
    return spendByRole(runId).values().stream().reduce(Spend.NOTHING, Spend::plus);
  }

  /** What the run spent so far, by role in lower case. */
  public Map<String, Spend> spendByRole(String runId) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT role, count(*) AS n, sum(prompt_tokens) AS prompt,
                        sum(completion_tokens) AS completion, sum(usd) AS usd
                    FROM calls WHERE run_id = :id AND state <> 'reserved' GROUP BY role ORDER BY role
                    """)
                .bind("id", runId)
                .reduceRows(
                    new LinkedHashMap<String, Spend>(),
                    (spend, row) -> {
                      spend.put(
                          row.getColumn("role", String.class).toLowerCase(Locale.ROOT),
                          new Spend(
                              row.getColumn("n", Long.class),
                              row.getColumn("prompt", Long.class),
                              row.getColumn("completion", Long.class),
                              row.getColumn("usd", Double.class)));
                      return spend;
                    }));
  }

  /** {@code round_finished} for RoundFinished. */
  static String type(Class<? extends RunEvent> event) {
    return event.getSimpleName().replaceAll("(?<!^)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static StoredRun run(ResultSet rs) throws SQLException {
    long finished = rs.getLong("finished_at");
    Long finishedAt = rs.wasNull() ? null : finished;
    return new StoredRun(
        rs.getString("id"),
        RunState.of(rs.getString("state")),
        rs.getString("engine"),
        rs.getString("camp_path"),
        rs.getString("session_id"),
        rs.getString("lineage_id"),
        rs.getString("baseline_id"),
        rs.getString("baseline_prompt"),
        rs.getLong("seed"),
        rs.getInt("sandbox") == 1,
        rs.getString("request_json"),
        rs.getString("result_json"),
        rs.getString("error"),
        rs.getLong("created_at"),
        finishedAt);
  }

  /** An event as bridge.db holds it. */
  public record StoredEvent(long sequence, String type, String bodyJson, long at) {}
}
