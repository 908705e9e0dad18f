package dev.lightningbridge.runs.ledger;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.store.BridgeDatabase;
import java.time.Clock;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The inputs that a model wrote for a session, kept in bridge.db for its next run. */
public final class SyntheticTasks {
  private final BridgeDatabase database;
  private final Clock clock;

  public SyntheticTasks(BridgeDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Those of a session, in the order of their ids. */
  public List<Task> of(String sessionId) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    "SELECT task_json FROM synthetic_tasks WHERE session_id = :id ORDER BY id")
                .bind("id", sessionId)
                .mapTo(String.class)
                .map(json -> Json.read(json, Task.class))
                .list());
  }

  /** Keeps these beside those there are; what is kept already stays as it is. */
  public void keep(String sessionId, List<Task> tasks, String model) {
    database.useTransaction(handle -> insert(handle, sessionId, tasks, model));
  }

  /** Puts these, as a person has edited them, in the place of those there are. */
  public void replace(String sessionId, List<Task> tasks) {
    database.useTransaction(
        handle -> {
          handle.execute("DELETE FROM synthetic_tasks WHERE session_id = ?", sessionId);
          insert(handle, sessionId, tasks, "edited");
        });
  }

  private void insert(Handle handle, String sessionId, List<Task> tasks, String model) {
    for (Task task : tasks) {
      handle.execute(
          "INSERT INTO synthetic_tasks VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
          sessionId,
          task.id(),
          Json.write(task),
          model,
          clock.millis());
    }
  }
}
