package dev.lightningbridge.camp;

import dev.lightningbridge.camp.files.Base64Dump;
import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.camp.files.CampFile;
import dev.lightningbridge.camp.files.FileCheck;
import dev.lightningbridge.camp.files.Sqlite;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One writing into a database: lock it, look whether it would run anything and whether the writing
 * still makes sense, check its pages, back it up, insert, read back, commit. Whatever fails before
 * the commit leaves the file as it was.
 */
final class WriteTransaction {
  private final Path file;
  private final Clock clock;
  private final Supplier<UUID> ids;

  WriteTransaction(Path file, Clock clock, Supplier<UUID> ids) {
    this.file = file;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Writes.
   *
   * @param dump where a new dump goes, if the file is one; null for a name beside it
   * @param plan looks at the database under the lock and says what to write, or refuses
   */
  Written run(@Nullable Path dump, Function<WriteTarget, EvolutionRows.Evolution> plan) {
    try (CampFile located = CampFile.forWriting(file)) {
      boolean isDump = located.kind() == CampFile.Kind.DUMP;
      Path newDump = isDump ? newDump(dump) : null;
      Written written;
      try (Connection connection = Sqlite.open(located.sqlite(), false)) {
        written = write(connection, located, plan);
      }
      if (newDump == null) {
        return written;
      }
      Base64Dump.encode(located.sqlite(), newDump);
      return written.with(null, newDump);
    } catch (SQLException e) {
      throw Sqlite.failure(e, file);
    } catch (IOException e) {
      throw new BridgeException(
          CampError.WRITE_FAILED,
          "the new dump could not be written: " + e.getMessage(),
          file.toString(),
          "See that this user may write into the folder and that there is room.",
          e);
    }
  }

  private Written write(
      Connection connection, CampFile located, Function<WriteTarget, EvolutionRows.Evolution> plan)
      throws SQLException {
    Tables tables = new Tables(connection, file, new Problems());
    WriteTarget target = new WriteTarget(tables, file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      try {
        RunningParts.refuse(tables, file);
        EvolutionRows.Evolution evolution = plan.apply(target);
        FileCheck.pages(connection, "integrity_check", file);
        Path backup =
            located.kind() == CampFile.Kind.DUMP ? null : Backup.of(located.sqlite(), clock);
        Written written = checked(connection, evolution, backup);
        statement.execute("COMMIT");
        emptyWal(statement);
        return written.with(backup, null);
      } catch (SQLException | RuntimeException e) {
        rollBack(statement, e);
        throw e;
      }
    }
  }

  /** What is not written needs no backup either. */
  private Written checked(
      Connection connection, EvolutionRows.Evolution evolution, @Nullable Path backup)
      throws SQLException {
    try (WrittenRows rows = WrittenRows.watch(connection, file)) {
      Written written = new EvolutionRows(connection, clock.millis(), ids).insert(evolution);
      rows.mustBe(written, evolution.prompt());
      return written;
    } catch (SQLException | RuntimeException e) {
      if (backup != null) {
        Backup.discard(backup);
      }
      throw e;
    }
  }

  /** The app gets the bytes of the main file only: nothing should stay in a -wal beside it. */
  static void emptyWal(Statement statement) {
    try {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (SQLException e) {
      // Somebody is reading; what was committed is safe in the -wal all the same.
    }
  }

  static void rollBack(Statement statement, Exception cause) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      // Some errors have ended the transaction already.
      cause.addSuppressed(e);
    }
  }

  private Path newDump(@Nullable Path asked) {
    Path dump = asked == null ? Backup.name(file, "new", clock) : asked;
    if (Files.exists(dump)) {
      throw new BridgeException(
          CampError.DUMP_EXISTS,
          "the file for the new dump is there already",
          dump.toString(),
          "Name a file that does not exist.");
    }
    return dump;
  }
}
