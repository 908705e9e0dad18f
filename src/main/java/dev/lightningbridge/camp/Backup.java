package dev.lightningbridge.camp;

import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.camp.files.FileCheck;
import dev.lightningbridge.camp.files.Sqlite;
import dev.lightningbridge.common.BridgeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.sqlite.SQLiteConnection;

/**
 * A copy of a database, page by page with SQLite's backup API, beside it and on the disk. It gets
 * its name when it is whole: what fails leaves nothing, and what is killed no file that could be
 * taken for a backup.
 */
public final class Backup {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
  private static final int MOST_A_SECOND = 100;

  private Backup() {}

  /** A name beside the file that says what it is and when it was made. */
  static Path name(Path file, String what, Clock clock) {
    return file.resolveSibling(
        "%s.%s-%s".formatted(file.getFileName(), what, TIME.format(LocalDateTime.now(clock))));
  }

  /** Whether there is a backup of today. */
  static boolean isOfToday(Path file, Clock clock) throws IOException {
    String today =
        "%s.backup-%s-"
            .formatted(
                file.getFileName(), LocalDate.now(clock).format(DateTimeFormatter.BASIC_ISO_DATE));
    try (DirectoryStream<Path> beside =
        Files.newDirectoryStream(
            file.resolveSibling("."),
            path -> String.valueOf(path.getFileName()).startsWith(today))) {
      return beside.iterator().hasNext();
    }
  }

  /** Makes the backup; what the caller's own transaction has changed so far is not in it. */
  public static Path of(Path file, Clock clock) {
    Path folder = file.resolveSibling(".");
    Path named = name(file, "backup", clock);
    Path draft = null;
    try {
      draft = Files.createTempFile(folder, "." + named.getFileName(), ".part");
      copy(file, draft);
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(file));
      }
      force(draft, StandardOpenOption.WRITE);
      Path backup = moved(draft, named);
      force(folder, StandardOpenOption.READ);
      return backup;
    } catch (IOException | SQLException | BridgeException e) {
      throw new BridgeException(
          CampError.BACKUP_FAILED,
          "the backup failed, so nothing was written: " + e.getMessage(),
          file.toString(),
          "See that this user may write into the folder and that there is room.",
          e);
    } finally {
      if (draft != null) {
        discard(draft);
      }
    }
  }

  /** Copies the pages to a file that is not there yet, or empty. */
  public static void copy(Path file, Path draft) throws SQLException {
    try (Connection source = Sqlite.open(file, true)) {
      int code =
          source
              .unwrap(SQLiteConnection.class)
              .getDatabase()
              .backup("main", draft.toString(), null);
      if (code != 0) {
        throw new SQLException("SQLite's backup ended with code " + code);
      }
    }
    try (Connection copy = Sqlite.open(draft, true)) {
      FileCheck.pages(copy, "quick_check", draft);
    }
  }

  /** Under the name given, or the next one that is free. */
  private static Path moved(Path draft, Path named) throws IOException {
    for (int i = 1; ; i++) {
      Path free = i == 1 ? named : named.resolveSibling(named.getFileName() + "-" + i);
      try {
        return Files.move(draft, free);
      } catch (FileAlreadyExistsException e) {
        if (i == MOST_A_SECOND) {
          throw e;
        }
      }
    }
  }

  private static void force(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  /** Removes it, with what SQLite may have left beside it. */
  public static void discard(Path backup) {
    for (String beside : List.of("", "-journal", "-wal", "-shm")) {
      try {
        Files.deleteIfExists(backup.resolveSibling(backup.getFileName() + beside));
      } catch (IOException e) {
        // The error that led here says more.
      }
    }
  }
}
