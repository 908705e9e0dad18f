package dev.lightningbridge.runs.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.TextHash;
import dev.lightningbridge.dataset.split.Wording;
import dev.lightningbridge.optimize.verdict.OpenedTasks;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What one lineage's tests have opened, in bridge.db.
 *
 * @param sandbox of those in the sandbox, or of those on real models
 */
record OpenedTaskStore(String lineageId, boolean sandbox) {
  OpenedTasks read(Handle handle) {
    List<Set<String>> tests =
        handle
            .createQuery(
                "SELECT tasks_json FROM test_openings WHERE lineage_id = :lineage AND sandbox = :sandbox")
            .bind("lineage", lineageId)
            .bind("sandbox", flag())
            .mapTo(String.class)
            .map(OpenedTaskStore::names)
            .list();
    List<OpenedTasks.Task> tasks =
        handle
            .createQuery(
                """
                SELECT input_key, wording, names_json FROM opened_tasks
                WHERE lineage_id = :lineage AND sandbox = :sandbox
                """)
            .bind("lineage", lineageId)
            .bind("sandbox", flag())
            .map(
                (rs, context) ->
                    new OpenedTasks.Task(
                        Wording.ofText(
                            new InputKey(TextHash.ofHex(rs.getString(1))), rs.getString(2)),
                        names(rs.getString(3))))
            .list();
    return new OpenedTasks(tests, tasks);
  }

  /** Keeps what a test opens; a wording that was opened before stays as it is. */
  void keep(Handle handle, Collection<OpenedTasks.Task> today) {
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO opened_tasks VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
    today.forEach(
        task ->
            batch.add(
                lineageId,
                flag(),
                task.wording().key().hash().hex(),
                task.wording().text(),
                Json.write(task.names())));
    batch.execute();
  }

  int flag() {
    return sandbox ? 1 : 0;
  }

  private static Set<String> names(String json) {
    try {
      return Json.mapper().readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("bridge.db holds an opening that cannot be read", e);
    }
  }
}
