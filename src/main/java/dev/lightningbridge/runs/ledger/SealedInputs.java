package dev.lightningbridge.runs.ledger;

import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.TextHash;
import dev.lightningbridge.dataset.split.Seal;
import dev.lightningbridge.dataset.split.Seals;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.store.BridgeDatabase;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What runs have sealed, by session, in bridge.db: the inputs' keys, not their texts. It is never
 * taken back, whatever became of the run.
 */
public final class SealedInputs {
  private final BridgeDatabase database;
  private final Clock clock;

  public SealedInputs(BridgeDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** What splits with this seed go by. */
  public Seals with(long splitSeed) {
    return session -> seal(session, splitSeed);
  }

  private Seal seal(String session, long splitSeed) {
    new SealTakeOver(database, clock).of(session);
    Set<InputKey> here = new HashSet<>();
    Set<InputKey> elsewhere = new HashSet<>();
    database.reading(
        handle ->
            handle
                .createQuery(
                    "SELECT split_seed, input_key FROM sealed_inputs WHERE session_id = :session")
                .bind("session", session)
                .map(
                    (row, context) ->
                        (row.getLong(1) == splitSeed ? here : elsewhere)
                            .add(new InputKey(TextHash.ofHex(row.getString(2)))))
                .list());
    elsewhere.removeAll(here);
    return new Seal(session, splitSeed, here, elsewhere);
  }

  /** Keeps what a run seals, before its search begins; what is kept already stays as it is. */
  public void keep(String runId, Seal seal, Split split) {
    database.useTransaction(
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  "INSERT INTO sealed_inputs VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
          split
              .sealed()
              .forEach(
                  task ->
                      batch.add(
                          seal.sessionId(),
                          seal.splitSeed(),
                          InputKey.of(task.input()).hash().hex(),
                          runId,
                          clock.millis()));
          batch.execute();
        });
  }
}
