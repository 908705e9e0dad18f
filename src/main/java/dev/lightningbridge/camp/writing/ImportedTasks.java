package dev.lightningbridge.camp.writing;

import static dev.lightningbridge.camp.Inserts.ordered;

import dev.lightningbridge.camp.AppRows;
import dev.lightningbridge.camp.ImportedMarks;
import dev.lightningbridge.camp.JavaScriptJson;
import dev.lightningbridge.corpus.ImportedTask;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes tasks as the app's test cases and examples. */
public final class ImportedTasks {
  private final AppRows app;
  private final ImportedSession session;

  ImportedTasks(AppRows app, ImportedSession session) {
    this.app = app;
    this.session = session;
  }

  /** Writes a test case, or with an answer an example. */
  Taken add(ImportedTask task) throws SQLException {
    String id = app.id("task", session.id(), task.key());
    String expected = task.expected();
    String example =
        app.rows().find("SELECT expected_output FROM main.context_examples WHERE id = ?", id);
    if (example != null) {
      return expected == null || example.equals(expected) ? Taken.KNOWN : Taken.CONTRADICTS;
    }
    if (expected == null
        && app.rows().find("SELECT id FROM main.test_cases WHERE id = ?", id) != null) {
      return Taken.KNOWN;
    }
    Map<String, Object> row =
        ordered("id", id, "session_id", session.id(), "name", task.name(), "input", task.input());
    if (expected != null) {
      row.put("expected_output", expected);
    }
    row.put("created_at", app.now());
    app.rows().insert(expected == null ? "test_cases" : "context_examples", row);
    Map<String, Object> said = said(task);
    if (!said.isEmpty()) {
      String entity = expected == null ? "test_case" : "context_example";
      app.rows()
          .insert(
              "audit_log",
              ordered(
                  "id",
                  app.id("audit", ImportedMarks.TASK, id, expected == null ? "" : "example"),
                  "event_type",
                  ImportedMarks.TASK,
                  "entity_type",
                  entity,
                  "entity_id",
                  id,
                  "data",
                  JavaScriptJson.stringify(said),
                  "created_at",
                  app.now()));
    }
    return Taken.NEW;
  }

  /** What the app's own tables have no place for. */
  private static Map<String, Object> said(ImportedTask task) {
    Map<String, Object> said = new LinkedHashMap<>(task.kept());
    if (task.tag() != null) {
      said.put(ImportedMarks.TAG, task.tag());
    }
    if (task.json()) {
      said.put(ImportedMarks.JSON, true);
    }
    return said;
  }
}
