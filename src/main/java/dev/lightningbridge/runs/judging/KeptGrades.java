package dev.lightningbridge.runs.judging;

import dev.lightningbridge.grading.Grade;
import dev.lightningbridge.grading.GradeJournal;
import dev.lightningbridge.store.BridgeDatabase;
import java.time.Clock;
import java.util.Optional;

/** The grades that a run has from a grader outside of this program, in bridge.db. */
public final class KeptGrades implements GradeJournal {
  private final BridgeDatabase database;
  private final String runId;
  private final Clock clock;

  public KeptGrades(BridgeDatabase database, String runId, Clock clock) {
    this.database = database;
    this.runId = runId;
    this.clock = clock;
  }

  @Override
  public Optional<Grade> find(String key) {
    return database.reading(
        h ->
            h.select(
                    "SELECT reward, note FROM external_grades WHERE run_id = ? AND asked_hash = ?",
                    runId,
                    key)
                .map((row, c) -> new Grade(row.getDouble(1), row.getString(2)))
                .findOne());
  }

  @Override
  public Grade keep(String key, Grade grade) {
    database.useTransaction(
        h ->
            h.execute(
                """
                INSERT INTO external_grades (run_id, asked_hash, reward, note, graded_at)
                VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (run_id, asked_hash) DO NOTHING""",
                runId,
                key,
                grade.reward(),
                grade.feedback(),
                clock.millis()));
    return find(key).orElseThrow();
  }
}
