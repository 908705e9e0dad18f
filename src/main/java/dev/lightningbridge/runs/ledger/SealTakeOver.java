package dev.lightningbridge.runs.ledger;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.split.FormerSplit;
import dev.lightningbridge.dataset.split.SplitPlan;
import dev.lightningbridge.dataset.tasks.Tasks;
import dev.lightningbridge.store.BridgeDatabase;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Takes over what runs have sealed before there was a ledger of it. Their plans hold tasks and
 * seed, from which their split follows ({@link FormerSplit}).
 *
 * <p>Each seed sealed other tasks then, so that what one run sealed another may have searched on.
 * Such a task is no secret any more and is not taken over: to seal it would take tasks from the
 * search, in a home of many seeds all of them, and protect nothing. What was sealed and never
 * searched on stays sealed.
 */
final class SealTakeOver {
  private final BridgeDatabase database;
  private final Clock clock;

  SealTakeOver(BridgeDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** What of a run's plan and request its split went by; both are as an earlier version wrote. */
  private record Planned(List<Task> tasks) {}

  private record Asked(long seed, int validationTasks, int synthesize) {}

  private record Former(String runId, String planJson, String requestJson) {}

  /** Takes over what the session's runs have sealed; done once, by whoever splits it first. */
  void of(String session) {
    List<Former> runs = database.reading(handle -> left(handle, session));
    if (runs.isEmpty()) {
      return;
    }
    Map<InputKey, String> sealed = new LinkedHashMap<>();
    Set<InputKey> searched = new HashSet<>();
    for (Former run : runs) {
      FormerSplit split = split(run, session);
      split.sealed().forEach(key -> sealed.putIfAbsent(key, run.runId()));
      searched.addAll(split.searched());
    }
    sealed.keySet().removeAll(searched);
    database.useTransaction(
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  "INSERT INTO sealed_inputs VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
          sealed.forEach(
              (key, run) -> batch.add(session, 0, key.hash().hex(), run, clock.millis()));
          if (!sealed.isEmpty()) {
            batch.execute();
          }
          handle.execute("DELETE FROM seals_to_take_over WHERE session_id = ?", session);
        });
  }

  private static List<Former> left(Handle handle, String session) {
    return handle
        .createQuery(
            """
            SELECT id, plan_json, request_json FROM runs JOIN seals_to_take_over t ON t.run_id = id
            WHERE t.session_id = :session ORDER BY created_at, id
            """)
        .bind("session", session)
        .map((row, context) -> new Former(row.getString(1), row.getString(2), row.getString(3)))
        .list();
  }

  private FormerSplit split(Former run, String session) {
    Asked asked = Json.read(run.requestJson(), Asked.class);
    List<Task> planned = Json.read(run.planJson(), Planned.class).tasks();
    List<Task> tasks =
        asked.synthesize() == 0
            ? planned
            : Tasks.merged(List.of(planned, new SyntheticTasks(database, clock).of(session)));
    return FormerSplit.of(
        tasks, SplitPlan.DEFAULT.withMaximumValidation(asked.validationTasks()), asked.seed());
  }
}
