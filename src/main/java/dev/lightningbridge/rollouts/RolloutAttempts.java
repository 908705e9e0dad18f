package dev.lightningbridge.rollouts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.store.BridgeDatabase;
import java.time.Clock;
import org.jdbi.v3.core.Handle;

/** Runners' attempts at an agent's rollouts, and what becomes of the rollouts by them. */
public final class RolloutAttempts {
  private final BridgeDatabase database;
  private final Clock clock;
  private final RolloutRows rollouts;
  private final AttemptRows attempts;
  private final RolloutWorkers workers;

  RolloutAttempts(BridgeDatabase database, String agent, Clock clock, RolloutWorkers workers) {
    this.database = database;
    this.clock = clock;
    this.workers = workers;
    rollouts = new RolloutRows(agent);
    attempts = new AttemptRows(agent);
  }

  /** Of one rollout; none where there is no such rollout. */
  public RowPage.Rows<StoredAttempt> query(String rolloutId, RowPage page) {
    giveUpOverdue();
    return database.reading(handle -> attempts.query(handle, rolloutId, RowFilter.all(), page));
  }

  /**
   * Changes what is named of an attempt: status, worker_id, last_heartbeat_time, metadata. Where it
   * is its rollout's last one, the rollout follows.
   *
   * @param attemptId or "latest"
   * @throws BridgeException LB-8201 where there is no such attempt, LB-8202 where a value is not of
   *     its kind
   */
  public StoredAttempt update(String rolloutId, String attemptId, JsonNode changes) {
    return database.inTransaction(
        handle -> {
          StoredRollout rollout = rollouts.get(handle, rolloutId);
          StoredAttempt last = rollout.attempt();
          StoredAttempt before =
              last != null && attemptId.equals("latest")
                  ? last
                  : attempts.get(handle, rolloutId, attemptId);
          StoredAttempt attempt = before.with(changes, RowValues.now(clock));
          write(handle, rollout, attempt);
          if (changes.has("status") || changes.has("worker_id")) {
            workers.follow(handle, attempt);
          }
          return attempt;
        });
  }

  private void write(Handle handle, StoredRollout rollout, StoredAttempt attempt) {
    AttemptRows.write(handle, attempt);
    boolean last = rollout.attempt() != null && rollout.attempt().number() == attempt.number();
    RolloutStatus status = attempt.status().ofRollout(attempt.number(), rollout.rules());
    if (last && status != rollout.status() && rollout.status() != RolloutStatus.CANCELLED) {
      rollouts.status(handle, rollout.id(), status, RowValues.now(clock));
    }
  }

  /** Ends attempts that are overdue by their rollouts' rules. */
  void giveUpOverdue() {
    double now = RowValues.now(clock);
    if (database.reading(handle -> rollouts.overdue(handle, now)).isEmpty()) {
      return;
    }
    database.useTransaction(
        handle -> {
          for (String id : rollouts.overdue(handle, now)) {
            StoredRollout rollout = rollouts.get(handle, id);
            if (rollout.attempt() != null) {
              StoredAttempt given = rollout.attempt().givenUp(rollout.rules(), now);
              write(handle, rollout, given);
              workers.follow(handle, given);
            }
          }
        });
  }
}
