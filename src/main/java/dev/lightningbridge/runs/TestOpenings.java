package dev.lightningbridge.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.optimize.LevelSpending;
import dev.lightningbridge.store.BridgeDatabase;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The ledger of openings in bridge.db: which sealed tasks each run of a lineage was tested on, and
 * at which level. Those in the sandbox and those on real models do not count for each other. A copy
 * of a database has the same lineages, and so the same ledger.
 */
public final class TestOpenings {
  private final BridgeDatabase database;
  private final Clock clock;

  TestOpenings(BridgeDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Opens the tasks for a run, before its first call on them. A run that opened them before, and
   * goes on, has the opening of then. Where no result on so few tasks could pass, they stay sealed.
   */
  TestOpening open(String runId, String lineageId, boolean sandbox, List<Task> sealed) {
    Set<String> today = keys(sealed);
    return database.inTransaction(
        handle ->
            find(handle, runId).orElseGet(() -> open(handle, runId, lineageId, sandbox, today)));
  }

  /** The run's opening; empty where it opened nothing. */
  public Optional<TestOpening> of(String runId) {
    return database.reading(handle -> find(handle, runId));
  }

  /** The level of the lineage's next test, by how many tasks are sealed: these, and fresh ones. */
  IntToDoubleFunction next(String lineageId, boolean sandbox, List<Task> sealed) {
    Set<String> today = keys(sealed);
    List<Integer> shared =
        LevelSpending.shared(today, database.reading(handle -> before(handle, lineageId, sandbox)));
    return tasks -> LevelSpending.level(LevelSpending.counted(tasks, shared));
  }

  private static Set<String> keys(List<Task> tasks) {
    return tasks.stream()
        .map(task -> InputKey.of(task.input()).taskId())
        .collect(Collectors.toSet());
  }

  private TestOpening open(
      Handle handle, String runId, String lineageId, boolean sandbox, Set<String> today) {
    List<Set<String>> before = before(handle, lineageId, sandbox);
    TestOpening opening = TestOpening.after(before.size(), LevelSpending.counted(today, before));
    if (opening.isWorthIt(today.size())) {
      handle.execute(
          "INSERT INTO test_openings VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          runId,
          lineageId,
          sandbox ? 1 : 0,
          opening.number(),
          opening.earlier(),
          opening.level(),
          Json.write(today),
          clock.millis());
    }
    return opening;
  }

  private static List<Set<String>> before(Handle handle, String lineageId, boolean sandbox) {
    return handle
        .createQuery(
            "SELECT tasks_json FROM test_openings WHERE lineage_id = :lineage AND sandbox = :sandbox")
        .bind("lineage", lineageId)
        .bind("sandbox", sandbox ? 1 : 0)
        .mapTo(String.class)
        .map(TestOpenings::tasks)
        .list();
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

  private static Set<String> tasks(String json) {
    try {
      return Json.mapper().readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("bridge.db holds an opening that cannot be read", e);
    }
  }
}
