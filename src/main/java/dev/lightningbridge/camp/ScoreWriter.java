package dev.lightningbridge.camp;

import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.camp.files.CampFile;
import dev.lightningbridge.camp.files.FileCheck;
import dev.lightningbridge.camp.files.Sqlite;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.GivenScore;
import dev.lightningbridge.corpus.ScoreWritten;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes people's scores into a Training Camp database as the app writes them: evaluation, audit
 * entry and event, one transaction each. What a database brings along that would run is refused, as
 * with a promotion.
 *
 * <p>The first score of a day is preceded by a check of the pages and a backup beside the file. One
 * for each score would fill the disk: what was scored since can be taken back here, or changed in
 * the app, and nothing else is touched.
 */
public final class ScoreWriter {
  private final Path file;
  private final Clock clock;
  private final Supplier<UUID> ids;

  private ScoreWriter(Path file, Clock clock, Supplier<UUID> ids) {
    this.file = file;
    this.clock = clock;
    this.ids = ids;
  }

  /** A writer of the database; nothing is opened yet. */
  public static ScoreWriter open(Path file, Clock clock, Supplier<UUID> ids) {
    return new ScoreWriter(file, clock, ids);
  }

  /**
   * Scores an output, or corrects its score. Where both score and comment are there already,
   * nothing is written.
   *
   * @throws BridgeException where there is no such output, it has no text, or the file cannot be
   *     written; then nothing was
   */
  public ScoreWritten score(GivenScore given) {
    return run(rows -> rows.score(given));
  }

  /**
   * Takes back the last score that was given here: a first one leaves nothing behind, and where
   * there was one before, that is written again.
   *
   * @throws BridgeException where the output's last score was not given here, or it has changed
   *     since
   */
  public ScoreWritten undo(String artifactId) {
    return run(rows -> rows.undo(artifactId));
  }

  private interface Work {
    ScoreWritten on(ScoreRows rows) throws SQLException;
  }

  private ScoreWritten run(Work work) {
    try (CampFile located = CampFile.forWriting(file)) {
      if (located.kind() == CampFile.Kind.DUMP) {
        throw new BridgeException(
            CampError.IMPORT_INTO_DUMP,
            "scores cannot be written into the text of the browser's store",
            file.toString(),
            "Score in Training Camp, or decode the text into a database file first.");
      }
      try (Connection connection = Sqlite.open(located.sqlite(), false)) {
        return write(connection, located.sqlite(), work);
      }
    } catch (SQLException e) {
      throw Sqlite.failure(e, file);
    }
  }

  private ScoreWritten write(Connection connection, Path sqlite, Work work) throws SQLException {
    Tables tables = new Tables(connection, file, new Problems());
    WriteTarget.requireWritable(tables, file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      Path backup = null;
      try {
        RunningParts.refuse(tables, file);
        backup = backup(connection, sqlite);
        ScoreWritten written;
        try (WrittenRows watch = WrittenRows.watch(connection, file)) {
          ScoreRows rows =
              new ScoreRows(tables, new Inserts(connection, clock.millis(), ids), file);
          written = work.on(rows);
          watch.mustBe(rows.changes());
        }
        statement.execute("COMMIT");
        WriteTransaction.emptyWal(statement);
        return with(written, backup);
      } catch (SQLException | RuntimeException e) {
        WriteTransaction.rollBack(statement, e);
        if (backup != null) {
          Backup.discard(backup);
        }
        throw e;
      }
    }
  }

  /** Null where one was made today. */
  private @Nullable Path backup(Connection connection, Path sqlite) throws SQLException {
    try {
      if (Backup.isOfToday(sqlite, clock)) {
        return null;
      }
    } catch (IOException e) {
      // Where the folder cannot be read the backup itself says why.
    }
    FileCheck.pages(connection, "integrity_check", file);
    return Backup.of(sqlite, clock);
  }

  private static ScoreWritten with(ScoreWritten written, @Nullable Path backup) {
    return new ScoreWritten(
        written.artifactId(), written.score(), written.comment(), written.eventId(), backup);
  }
}
