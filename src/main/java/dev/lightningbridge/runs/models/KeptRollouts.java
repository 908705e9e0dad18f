package dev.lightningbridge.runs.models;

import dev.lightningbridge.agent.RolloutJournal;
import dev.lightningbridge.agent.RolloutKey;
import dev.lightningbridge.store.BridgeDatabase;
import java.time.Clock;
import java.util.Optional;

/** The finished rollouts of a run's agent in bridge.db. */
final class KeptRollouts implements RolloutJournal {
  private final BridgeDatabase database;
  private final String runId;
  private final Clock clock;

  KeptRollouts(BridgeDatabase database, String runId, Clock clock) {
    this.database = database;
    this.runId = runId;
    this.clock = clock;
  }

  @Override
  public Optional<Kept> find(RolloutKey key) {
    return database.reading(
        h ->
            h.select(
                    """
                    SELECT output, calls FROM agent_rollouts
                    WHERE run_id = ? AND rollout_hash = ? AND ordinal = ?""",
                    runId,
                    key.hash(),
                    key.ordinal())
                .map((row, c) -> new Kept(row.getString(1), row.getInt(2)))
                .findOne());
  }

  @Override
  public void keep(RolloutKey key, Kept rollout) {
    database.useTransaction(
        h ->
            h.execute(
                """
                INSERT INTO agent_rollouts (run_id, rollout_hash, ordinal, output, calls, done_at)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (run_id, rollout_hash, ordinal) DO NOTHING""",
                runId,
                key.hash(),
                key.ordinal(),
                rollout.output(),
                rollout.calls(),
                clock.millis()));
  }
}
