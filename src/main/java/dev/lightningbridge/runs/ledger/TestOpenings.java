package dev.lightningbridge.runs.ledger;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.split.Wording;
import dev.lightningbridge.optimize.verdict.LevelSpending;
import dev.lightningbridge.optimize.verdict.OpenedTasks;
import dev.lightningbridge.store.BridgeDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.jdbi.v3.core.Handle;

/**
 * The ledger of openings in bridge.db: which sealed tasks each run of a lineage was tested on, and
 * at which level. A task that is nearly one that was opened before is that one. Those in the
 * sandbox and those on real models do not count for each other. A copy of a database has the same
 * lineages, and so the same ledger.
 */
public final class TestOpenings {
  private final BridgeDatabase database;
  private final Clock clock;

  public TestOpenings(BridgeDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Opens the tasks for a run, before its first call on them. A run that opened them before, and
   * goes on, has the opening of then. Where no result on so few tasks could pass, they stay sealed.
   */
  public TestOpening open(String runId, String lineageId, boolean sandbox, List<Task> sealed) {
    List<Wording> today = sealed.stream().map(Wording::of).toList();
    OpenedTaskStore store = new OpenedTaskStore(lineageId, sandbox);
    return database.inTransaction(
        handle -> find(handle, runId).orElseGet(() -> open(handle, runId, store, today)));
  }

  /** The run's opening; empty where it opened nothing. */
  public Optional<TestOpening> of(String runId) {
    return database.reading(handle -> find(handle, runId));
  }

  /** The opening that a run of the lineage would be now; nothing is kept. */
  public TestOpening next(String lineageId, boolean sandbox, List<Task> sealed) {
    OpenedTasks before = before(lineageId, sandbox);
    return opening(before, before.named(sealed.stream().map(Wording::of).toList()));
  }

  /** The level of the lineage's next test, by how many tasks are sealed: these, and fresh ones. */
  public IntToDoubleFunction nextLevel(String lineageId, boolean sandbox, List<Task> sealed) {
    OpenedTasks before = before(lineageId, sandbox);
    List<Integer> shared = before.shared(before.named(sealed.stream().map(Wording::of).toList()));
    return tasks -> LevelSpending.level(LevelSpending.counted(tasks, shared));
  }

  private OpenedTasks before(String lineageId, boolean sandbox) {
    return database.reading(new OpenedTaskStore(lineageId, sandbox)::read);
  }

  private static TestOpening opening(OpenedTasks before, List<OpenedTasks.Task> today) {
    return TestOpening.after(
        before.tests(), LevelSpending.counted(today.size(), before.shared(today)));
  }

  private TestOpening open(
      Handle handle, String runId, OpenedTaskStore store, List<Wording> sealed) {
    OpenedTasks before = store.read(handle);
    List<OpenedTasks.Task> today = before.named(sealed);
    TestOpening opening = opening(before, today);
    if (opening.isWorthIt(today.size())) {
      handle.execute(
          "INSERT INTO test_openings VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          runId,
          store.lineageId(),
          store.flag(),
          opening.number(),
          opening.earlier(),
          opening.level(),
          Json.write(OpenedTasks.names(today)),
          clock.millis());
      store.keep(handle, today);
    }
    return opening;
  }

  private static Optional<TestOpening> find(Handle handle, String runId) {
    return handle
        .createQuery("SELECT number, earlier, level FROM test_openings WHERE run_id = :run")
        .bind("run", runId)
        .map(
            (rs, context) ->
                new TestOpening(
                    rs.getInt("number"), rs.getDouble("earlier"), rs.getDouble("level")))
        .findOne();
  }
}
