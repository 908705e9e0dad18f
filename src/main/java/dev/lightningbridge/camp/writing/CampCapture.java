package dev.lightningbridge.camp.writing;

import dev.lightningbridge.camp.AppRows;
import dev.lightningbridge.camp.Backup;
import dev.lightningbridge.camp.ImportedMarks;
import dev.lightningbridge.camp.PreparedRows;
import dev.lightningbridge.camp.files.FileCheck;
import dev.lightningbridge.camp.files.Sqlite;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.CapturedCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes calls of running applications into a Training Camp database, in one transaction from
 * opening to {@link #finish}. A database is made where there is none. One that is there and does
 * not know the session yet is checked and backed up first; later writings only add rows.
 */
public final class CampCapture implements VersionBook, AutoCloseable {
  private final Path file;
  private final Connection connection;
  private final AppRows app;
  private final PreparedRows rows;
  private final ImportedSession session;
  private final ExecutionRows executions;

  private CampCapture(Path file, Connection connection, Clock clock, CampImport.NewSession wanted)
      throws SQLException {
    this.file = file;
    this.connection = connection;
    this.rows = new PreparedRows(connection);
    this.app = new AppRows(rows, clock.millis());
    this.session = ImportedSession.open(connection, app, wanted, file);
    this.executions = new ExecutionRows(app);
  }

  /**
   * Begins.
   *
   * @throws BridgeException where the file is none of Training Camp's, is too old or cannot be
   *     written, or several of its sessions have that name
   */
  public static CampCapture open(Path file, Clock clock, CampImport.NewSession wanted) {
    if (!Files.exists(file)) {
      try (CampImport made = CampImport.open(file, clock, wanted, false)) {
        made.finish();
      }
    }
    try {
      Path sqlite = ImportFile.existing(file);
      Connection connection = Sqlite.open(sqlite, false);
      try {
        execute(connection, "BEGIN IMMEDIATE");
        ImportFile.requireWritable(connection, file);
        CampCapture capture = new CampCapture(file, connection, clock, wanted);
        if (capture.session.isChanged()) {
          FileCheck.pages(connection, "integrity_check", file);
          Backup.of(sqlite, clock);
        }
        return capture;
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw Sqlite.failure(e, file);
    }
  }

  @Override
  public List<ImportedVersion> versions() {
    return session.versions();
  }

  @Override
  public ImportedVersion version(String prompt, @Nullable String lineageId) {
    try {
      return session.version(prompt, lineageId);
    } catch (SQLException e) {
      throw Sqlite.failure(e, file);
    }
  }

  /** Writes a call; calls with one trace and of one lineage are attempts of one rollout. */
  public void add(ImportedVersion version, CapturedCall call) {
    try {
      String rollout = CaptureIds.rollout(app, version.lineageId(), call);
      executions.add(
          version,
          new ExecutionRows.Execution(
              new ExecutionRows.Place(
                  call.attemptId(),
                  CaptureIds.artifact(app, call.attemptId()),
                  rollout,
                  1 + attempts(rollout),
                  session.nextCycle(version.lineageId())),
              call.input(),
              call.output(),
              call.model(),
              call.at(),
              new ExecutionRows.Measures(
                  call.durationMs(), call.promptTokens(), call.completionTokens(), call.tools()),
              Map.of(ImportedMarks.CAPTURED, call.kept())));
    } catch (SQLException e) {
      throw Sqlite.failure(e, file);
    }
  }

  /** Whether an attempt of this id is there already. */
  public boolean knows(String attemptId) {
    try {
      return rows.find("SELECT id FROM main.attempts WHERE id = ?", attemptId) != null;
    } catch (SQLException e) {
      throw Sqlite.failure(e, file);
    }
  }

  private int attempts(String rollout) throws SQLException {
    String count = rows.find("SELECT count(*) FROM main.attempts WHERE rollout_id = ?", rollout);
    return count == null ? 0 : Integer.parseInt(count);
  }

  /**
   * Deletes the oldest captured calls with their scores: those made before a time, and more where
   * the rows take more room than they may.
   *
   * @param before milliseconds since the epoch
   * @param mostBytes that the pages in use may have
   * @return how many
   */
  public int forget(long before, long mostBytes) {
    try {
      return new CapturedOld(connection, session.id()).delete(before, mostBytes);
    } catch (SQLException e) {
      throw Sqlite.failure(e, file);
    }
  }

  /** Makes what was written last. */
  public void finish() {
    try {
      execute(connection, "COMMIT");
      execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      throw Sqlite.failure(e, file);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** What was not finished is taken back. */
  @Override
  public void close() {
    try {
      rows.close();
      connection.close();
    } catch (SQLException e) {
      throw Sqlite.failure(e, file);
    }
  }
}
