package dev.lightningbridge.runs.people;

import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.store.BridgeDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Sealed tests that people decide, in bridge.db: they wait there for as long as it takes. */
public final class PeopleStore {
  private final BridgeDatabase database;
  private final Clock clock;

  public PeopleStore(BridgeDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * A test.
   *
   * @param state open, decided or left
   * @param same tasks on which both prompts gave the same output
   * @param withJudge whether the judge's opinion of the other tasks counts too
   */
  public record StoredTest(
      String runId, String state, double level, int same, boolean withJudge, long createdAt) {
    public boolean isOpen() {
      return state.equals("open");
    }
  }

  /**
   * A pair of outputs.
   *
   * @param place from 1 on
   * @param newLeft whether the new prompt's output stands on the left
   * @param choice left, right or tie; null while it waits
   */
  public record StoredPair(int place, String taskId, boolean newLeft, @Nullable String choice) {
    /** 1 where the new prompt's output was chosen, −1 where the other one was, 0 for a tie. */
    int forTheNew() {
      return choice == null || choice.equals("tie") ? 0 : choice.equals("left") == newLeft ? 1 : -1;
    }
  }

  /** Begins a test; one that was left begins anew, one that is there stays as it is. */
  void begin(StoredTest test, List<StoredPair> pairs) {
    database.useTransaction(
        handle -> {
          handle.execute(
              """
              DELETE FROM people_pairs WHERE run_id IN
                (SELECT run_id FROM people_tests WHERE run_id = ? AND state = 'left')
              """,
              test.runId());
          handle.execute(
              "DELETE FROM people_tests WHERE run_id = ? AND state = 'left'", test.runId());
          int made =
              handle.execute(
                  "INSERT INTO people_tests VALUES (?, 'open', ?, ?, ?, ?, NULL) ON CONFLICT DO NOTHING",
                  test.runId(),
                  test.level(),
                  test.same(),
                  test.withJudge() ? 1 : 0,
                  test.createdAt());
          if (made == 1) {
            for (StoredPair pair : pairs) {
              handle.execute(
                  "INSERT INTO people_pairs VALUES (?, ?, ?, ?, NULL, NULL)",
                  test.runId(),
                  pair.place(),
                  pair.taskId(),
                  pair.newLeft() ? 1 : 0);
            }
          }
        });
  }

  /** The run's test; empty where people were not asked. */
  public Optional<StoredTest> of(String runId) {
    return database.reading(
        handle ->
            handle
                .createQuery("SELECT * FROM people_tests WHERE run_id = :run")
                .bind("run", runId)
                .map((rs, context) -> test(rs))
                .findOne());
  }

  /** The runs that wait for people, the oldest first. */
  public List<String> open() {
    return database.reading(
        handle ->
            handle
                .createQuery(
                    "SELECT run_id FROM people_tests WHERE state = 'open' ORDER BY created_at, run_id")
                .mapTo(String.class)
                .list());
  }

  /** The pairs of a run's test, by their place. */
  List<StoredPair> pairs(String runId) {
    return database.reading(
        handle ->
            handle
                .createQuery("SELECT * FROM people_pairs WHERE run_id = :run ORDER BY place")
                .bind("run", runId)
                .map(
                    (rs, context) ->
                        new StoredPair(
                            rs.getInt("place"),
                            rs.getString("task_id"),
                            rs.getInt("new_left") == 1,
                            rs.getString("choice")))
                .list());
  }

  /**
   * Keeps a choice.
   *
   * @return false where the pair has one already, or the test waits no more
   */
  boolean choose(String runId, int place, String choice) {
    return database.inTransaction(
        handle ->
            handle.execute(
                    """
                    UPDATE people_pairs SET choice = ?, chosen_at = ?
                    WHERE run_id = ? AND place = ? AND choice IS NULL AND EXISTS
                      (SELECT 1 FROM people_tests t WHERE t.run_id = people_pairs.run_id AND t.state = 'open')
                    """,
                    choice,
                    clock.millis(),
                    runId,
                    place)
                == 1);
  }

  /** Takes the last choice back; false where there is none, or the test waits no more. */
  boolean undo(String runId) {
    return database.inTransaction(
        handle ->
            handle.execute(
                    """
                    UPDATE people_pairs SET choice = NULL, chosen_at = NULL
                    WHERE run_id = ? AND place =
                        (SELECT max(place) FROM people_pairs WHERE run_id = ? AND choice IS NOT NULL)
                      AND EXISTS
                      (SELECT 1 FROM people_tests t WHERE t.run_id = people_pairs.run_id AND t.state = 'open')
                    """,
                    runId,
                    runId)
                == 1);
  }

  /** Gives an open test up; false where none waits. */
  boolean leave(String runId) {
    return database.inTransaction(handle -> end(handle, runId, "left") == 1);
  }

  /**
   * Ends an open test with what became of its run.
   *
   * @return false where none waits
   */
  boolean decide(String runId, RunState state, String resultJson) {
    return database.inTransaction(
        handle -> {
          boolean ended = end(handle, runId, "decided") == 1;
          if (ended) {
            handle.execute(
                "UPDATE runs SET state = ?, result_json = ? WHERE id = ? AND state = 'held'",
                state.text(),
                resultJson,
                runId);
          }
          return ended;
        });
  }

  private int end(Handle handle, String runId, String state) {
    return handle.execute(
        "UPDATE people_tests SET state = ?, decided_at = ? WHERE run_id = ? AND state = 'open'",
        state,
        clock.millis(),
        runId);
  }

  private static StoredTest test(ResultSet rs) throws SQLException {
    return new StoredTest(
        rs.getString("run_id"),
        rs.getString("state"),
        rs.getDouble("level"),
        rs.getInt("same"),
        rs.getInt("with_judge") == 1,
        rs.getLong("created_at"));
  }
}
