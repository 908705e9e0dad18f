package dev.lightningbridge.camp.writing;

import dev.lightningbridge.camp.Backup;
import dev.lightningbridge.camp.Problems;
import dev.lightningbridge.camp.RunningParts;
import dev.lightningbridge.camp.Tables;
import dev.lightningbridge.camp.WriteTarget;
import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.camp.files.CampFile;
import dev.lightningbridge.camp.files.PrivateFolder;
import dev.lightningbridge.camp.files.Sqlite;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The file of an import: the database that is there, a new one that nobody sees before it is whole,
 * or a copy that nobody ever sees.
 *
 * @param file as it was named; {@code sqlite} what is written
 * @param isNew whether there was none
 */
record ImportFile(
    Path file,
    Path sqlite,
    boolean isNew,
    WholeFile.@Nullable Draft draft,
    @Nullable PrivateFolder scratch) {

  /**
   * @param dryRun whether a copy is written that nobody sees
   * @throws BridgeException where the file is none that can be written
   */
  static ImportFile open(Path file, boolean dryRun) {
    boolean isNew = !Files.exists(file);
    if (!isNew && !dryRun) {
      return new ImportFile(file, existing(file), false, null, null);
    }
    PrivateFolder scratch = null;
    try {
      if (!dryRun) {
        WholeFile.Draft draft = WholeFile.draft(file);
        return new ImportFile(file, draft.place(), true, draft, null);
      }
      scratch = PrivateFolder.create();
      Path copy = scratch.file("camp.db");
      if (!isNew) {
        existing(file);
        Files.delete(copy);
        Backup.copy(file, copy);
      }
      return new ImportFile(file, copy, isNew, null, scratch);
    } catch (SQLException e) {
      discard(scratch);
      throw Sqlite.failure(e, file);
    } catch (IOException e) {
      discard(scratch);
      throw unwritable(file, e);
    } catch (RuntimeException e) {
      discard(scratch);
      throw e;
    }
  }

  static Path existing(Path file) {
    try (CampFile located = CampFile.forWriting(file)) {
      if (located.kind() == CampFile.Kind.DUMP) {
        throw new BridgeException(
            CampError.IMPORT_INTO_DUMP,
            "rows cannot be added to the text of the browser's store",
            file.toString(),
            "Name a new database file; it can be optimised by itself.");
      }
      return located.sqlite();
    }
  }

  /**
   * What must hold before rows are added.
   *
   * @throws BridgeException where the database brings along what would run, or is none to write to
   */
  static void requireWritable(Connection connection, Path file) throws SQLException {
    Tables tables = new Tables(connection, file, new Problems());
    RunningParts.refuse(tables, file);
    WriteTarget.requireWritable(tables, file);
  }

  /** Whether nothing of what is written shall last. */
  boolean isDryRun() {
    return scratch != null;
  }

  /** Whether only the finished file counts. */
  boolean countsWhenFinished() {
    return draft != null || scratch != null;
  }

  /** A new database appears under its name. */
  void publish() throws IOException {
    if (draft != null) {
      draft.publish();
    }
  }

  /** What was not published goes. */
  void discard() {
    discard(scratch);
    if (draft != null) {
      try {
        draft.close();
        Files.deleteIfExists(
            draft.place().resolveSibling(draft.place().getFileName() + "-journal"));
      } catch (IOException e) {
        // The error that led here says more.
      }
    }
  }

  private static void discard(@Nullable PrivateFolder scratch) {
    if (scratch != null) {
      scratch.close();
    }
  }

  static BridgeException unwritable(Path file, IOException e) {
    return new BridgeException(
        CampError.WRITE_FAILED,
        "the database could not be written: " + e.getMessage(),
        file.toString(),
        "See that this user may write into the folder and that there is room.",
        e);
  }
}
