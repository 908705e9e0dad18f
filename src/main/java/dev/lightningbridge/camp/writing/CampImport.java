package dev.lightningbridge.camp.writing;

import dev.lightningbridge.camp.AppRows;
import dev.lightningbridge.camp.Backup;
import dev.lightningbridge.camp.CampSchema;
import dev.lightningbridge.camp.PreparedRows;
import dev.lightningbridge.camp.files.FileCheck;
import dev.lightningbridge.camp.files.Sqlite;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.ImportedAttempt;
import dev.lightningbridge.corpus.ImportedTask;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a Training Camp database of version 9 of what other programs recorded, or adds that to one.
 * Rows are written as the app writes its own, and their ids are made of what they say, so that the
 * same attempt is never there twice.
 *
 * <p>A new database appears under its name when {@link #finish} has made it whole. One that is
 * there is backed up first and written in transactions of {@value #ROWS_A_TRANSACTION} rows: what
 * is broken off is whole, and the same import goes on where it ended.
 */
public final class CampImport implements VersionBook, AutoCloseable {
  private static final int ROWS_A_TRANSACTION = 5_000;

  private final ImportFile target;
  private final Clock clock;
  private final Connection connection;
  private final PreparedRows rows;
  private final ImportedRows attempts;
  private final ImportedTasks tasks;
  private final ImportedSession session;
  private @Nullable Path backup;
  private long written;

  private CampImport(ImportFile target, Clock clock, NewSession wanted) throws SQLException {
    this.target = target;
    this.clock = clock;
    this.connection = Sqlite.open(target.sqlite(), false);
    try {
      begin();
      this.rows = new PreparedRows(connection);
      AppRows app = new AppRows(rows, clock.millis());
      this.session = ImportedSession.open(connection, app, wanted, target.file());
      this.attempts = new ImportedRows(app, session);
      this.tasks = new ImportedTasks(app, session);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * The session that is imported into.
   *
   * @param name of one that is there, or its id, or of one to be made
   * @param need what its agent is for
   * @param model that the agent is run with
   * @param captured whether its prompts are those of calls that applications make
   */
  public record NewSession(String name, String need, String model, boolean captured) {}

  /**
   * Opens the database, or begins a new one.
   *
   * @param dryRun whether a copy is written that nobody sees
   * @throws BridgeException where the file is none of Training Camp's, is too old or cannot be
   *     written, or several of its sessions have that name
   */
  public static CampImport open(Path file, Clock clock, NewSession session, boolean dryRun) {
    ImportFile target = ImportFile.open(file, dryRun);
    try {
      return new CampImport(target, clock, session);
    } catch (SQLException e) {
      target.discard();
      throw Sqlite.failure(e, file);
    } catch (RuntimeException e) {
      target.discard();
      throw e;
    }
  }

  private void begin() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA cache_size = -65536");
      if (target.countsWhenFinished()) {
        // Only the finished file counts.
        statement.execute("PRAGMA synchronous = OFF");
      }
      statement.execute("BEGIN IMMEDIATE");
      if (target.isNew()) {
        connection.setAutoCommit(true);
        for (String sql : CampSchema.statements()) {
          statement.execute(sql);
        }
        return;
      }
    }
    Path file = target.file();
    ImportFile.requireWritable(connection, file);
    FileCheck.pages(connection, "integrity_check", file);
    if (!target.isDryRun()) {
      backup = Backup.of(target.sqlite(), clock);
    }
  }

  /** The session's id. */
  public String sessionId() {
    return session.id();
  }

  @Override
  public List<ImportedVersion> versions() {
    return session.versions();
  }

  @Override
  public ImportedVersion version(String prompt, @Nullable String lineageId) {
    return writing(() -> session.version(prompt, lineageId));
  }

  /** Writes an attempt; tells whether anything was new. */
  public boolean add(ImportedVersion version, ImportedAttempt attempt) {
    return counted(writing(() -> attempts.add(version, attempt)));
  }

  /** Writes a task. */
  public Taken add(ImportedTask task) {
    Taken taken = writing(() -> tasks.add(task));
    counted(taken == Taken.NEW);
    return taken;
  }

  private boolean counted(boolean isNew) {
    if (isNew && ++written % ROWS_A_TRANSACTION == 0 && !target.isDryRun()) {
      writing(
          () -> {
            execute("COMMIT");
            execute("BEGIN IMMEDIATE");
            return true;
          });
    }
    return isNew;
  }

  /**
   * Makes the import last.
   *
   * @return the backup of the database as it was before; null where there was none, or nothing was
   *     written
   */
  public @Nullable Path finish() {
    try {
      if (target.isDryRun()) {
        execute("ROLLBACK");
        return null;
      }
      execute("COMMIT");
      execute("PRAGMA wal_checkpoint(TRUNCATE)");
      rows.close();
      connection.close();
      target.publish();
      if (written == 0 && !session.isChanged() && backup != null) {
        Backup.discard(backup);
        backup = null;
      }
      return backup;
    } catch (SQLException e) {
      throw Sqlite.failure(e, target.file());
    } catch (IOException e) {
      throw ImportFile.unwritable(target.file(), e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private interface Writing<T> {
    T write() throws SQLException;
  }

  private <T> T writing(Writing<T> writing) {
    try {
      return writing.write();
    } catch (SQLException e) {
      throw Sqlite.failure(e, target.file());
    }
  }

  /**
   * What was not finished is taken back: all of a new database, the last transaction of another.
   */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw Sqlite.failure(e, target.file());
    } finally {
      target.discard();
    }
  }
}
