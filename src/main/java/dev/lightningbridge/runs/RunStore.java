package dev.lightningbridge.runs;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.runs.request.RunError;
import dev.lightningbridge.store.BridgeDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs in bridge.db. */
public final class RunStore {
  private static final StoredRunMapper STORED = new StoredRunMapper();

  private final BridgeDatabase database;
  private final Clock clock;
  private final RunLog log;
  private final RunSpending spending;

  public RunStore(BridgeDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.log = new RunLog(database, clock);
    this.spending = new RunSpending(database);
  }

  /** What happened in the runs. */
  public RunLog log() {
    return log;
  }

  /** What the runs have spent. */
  public RunSpending spending() {
    return spending;
  }

  /**
   * Adds a new run with what it is about.
   *
   * @param place in the queue; null where its process runs it at once
   */
  public void insert(StoredRun run, RunPlan plan, @Nullable QueuePlace place) {
    QueuePlace where = place == null ? QueuePlace.LAST : place;
    database.useTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO runs (id, state, engine, camp_path, session_id, lineage_id, baseline_id,
                        baseline_prompt, seed, sandbox, request_json, plan_json, created_at,
                        queued, queued_at, priority, label, idempotency_key, schedule_id)
                    VALUES (:id, :state, :engine, :camp, :session, :lineage, :baseline,
                        :prompt, :seed, :sandbox, :request, :plan, :created,
                        :queued, :queuedAt, :priority, :label, :key, :schedule)
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
                .bind("plan", Json.write(plan))
                .bind("created", run.createdAt())
                .bind("queued", place == null ? 0 : 1)
                .bind("queuedAt", place == null ? null : run.createdAt())
                .bind("priority", where.priority())
                .bind("label", where.label())
                .bind("key", where.idempotencyKey())
                .bind("schedule", where.scheduleId())
                .execute());
  }

  /** What the run is about. */
  public Optional<RunPlan> plan(String runId) {
    return database
        .reading(
            handle ->
                handle
                    .createQuery(
                        "SELECT plan_json FROM runs WHERE id = :id AND plan_json IS NOT NULL")
                    .bind("id", runId)
                    .mapTo(String.class)
                    .findOne())
        .map(json -> Json.read(json, RunPlan.class));
  }

  /** The agent that the run is about; empty for a run of before version 3 of bridge.db. */
  public Optional<RunSubject> subject(String runId) {
    return plan(runId).map(RunSubject::of);
  }

  /** From now on the run is about this request. */
  public void keep(String runId, String requestJson) {
    database.useTransaction(
        h -> h.execute("UPDATE runs SET request_json = ? WHERE id = ?", requestJson, runId));
  }

  /** The run runs, maybe once more: how it ended and what it found are told anew. */
  public void reopen(StoredRun run) {
    String runId = run.id();
    database.useTransaction(
        handle -> {
          handle.execute(
              "UPDATE runs SET state = 'running', error = NULL, finished_at = NULL WHERE id = ?",
              runId);
          handle.execute("DELETE FROM evaluations WHERE run_id = ?", runId);
          handle.execute("DELETE FROM candidates WHERE run_id = ?", runId);
        });
    if (run.state() != RunState.QUEUED || !log.eventsAfter(runId, 0, 1).isEmpty()) {
      log.append(runId, new RunEvent.Resumed());
    }
  }

  /**
   * Notes how a run ended, and gives up the lease on it.
   *
   * @throws BridgeException where the run is no longer this process's
   */
  public void finish(
      RunLease lease, RunState state, @Nullable String resultJson, @Nullable String error) {
    lease.ending();
    int changed =
        database.inTransaction(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE runs SET state = :state, result_json = coalesce(:result, result_json),
                            error = :error, finished_at = :at, owner = NULL, lease_until = 0
                        WHERE id = :id AND owner = :owner
                        """)
                    .bind("state", state.text())
                    .bind("result", resultJson)
                    .bind("error", error)
                    .bind("at", clock.millis())
                    .bind("id", lease.runId())
                    .bind("owner", lease.owner())
                    .execute());
    if (changed == 0) {
      lease.check();
    }
  }

  public Optional<StoredRun> find(String runId) {
    return database.reading(
        handle ->
            handle
                .createQuery("SELECT * FROM runs WHERE id = :id")
                .bind("id", runId)
                .map(STORED)
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

  /** Whether a schedule asked for the run, not a person. */
  public boolean isScheduled(String runId) {
    return database.reading(
        handle ->
            handle
                .createQuery("SELECT schedule_id IS NOT NULL FROM runs WHERE id = :id")
                .bind("id", runId)
                .mapTo(Boolean.class)
                .one());
  }

  /** The newest runs first. */
  public List<StoredRun> newest(int limit) {
    return database.reading(
        handle ->
            handle
                .createQuery("SELECT * FROM runs ORDER BY created_at DESC, id LIMIT :limit")
                .bind("limit", limit)
                .map(STORED)
                .list());
  }

  /** The process that runs the run; empty where there is none, or it has died. */
  public Optional<String> holder(String runId) {
    return database.reading(
        handle -> Optional.ofNullable(RunLease.holderOf(handle, runId, clock.millis())));
  }

  /**
   * Asks for the run's cancellation: by its process where one runs it, else at once.
   *
   * @return whether the run is cancelled now; else its process will do it within a second or two
   * @throws BridgeException where there is no such run, or it has ended
   */
  public boolean cancel(String runId) {
    StoredRun run = get(runId);
    if (run.finishedAt() != null) {
      throw new BridgeException(
          RunError.RUN_ENDED,
          "the run has ended: it is " + run.state().text().replace('_', ' '),
          runId,
          "Nothing is left to cancel.");
    }
    return database.inTransaction(
        handle -> {
          if (RunLease.holderOf(handle, runId, clock.millis()) != null) {
            handle.execute("UPDATE runs SET cancel_requested = 1 WHERE id = ?", runId);
            return false;
          }
          handle.execute(
              "UPDATE runs SET state = 'cancelled', finished_at = ? WHERE id = ?",
              clock.millis(),
              runId);
          return true;
        });
  }
}
