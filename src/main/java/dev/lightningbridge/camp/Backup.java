package dev.lightningbridge.camp;

import dev.lightningbridge.common.BridgeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import org.sqlite.SQLiteConnection;

/** A copy of a database, page by page with SQLite's backup API, beside it and on the disk. */
final class Backup {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private Backup() {}

  /** A name beside the file that says what it is and when it was made. */
  static Path name(Path file, String what, Clock clock) {
    return file.resolveSibling(
        "%s.%s-%s".formatted(file.getFileName(), what, TIME.format(LocalDateTime.now(clock))));
  }

  /** Makes the backup; what the caller's own transaction has changed so far is not in it. */
  static Path of(Path file, Clock clock) {
    Path backup = null;
    try {
      backup = newFile(file, clock);
      try (Connection source = Sqlite.open(file, true)) {
        int code =
            source
                .unwrap(SQLiteConnection.class)
                .getDatabase()
                .backup("main", backup.toString(), null);
        if (code != 0) {
          throw new SQLException("SQLite's backup ended with code " + code);
        }
      }
      try (Connection copy = Sqlite.open(backup, true)) {
        FileCheck.pages(copy, "quick_check", backup);
      }
      force(backup, StandardOpenOption.WRITE);
      Path folder = backup.getParent();
      if (folder != null) {
        force(folder, StandardOpenOption.READ);
      }
      return backup;
    } catch (IOException | SQLException | BridgeException e) {
      if (backup != null) {
        discard(backup);
      }
      throw new BridgeException(
          CampError.BACKUP_FAILED,
          "the backup failed, so nothing was written: " + e.getMessage(),
          file.toString(),
          "See that this user may write into the folder and that there is room.",
          e);
    }
  }

  private static Path newFile(Path file, Clock clock) throws IOException {
    Path named = name(file, "backup", clock);
    for (int i = 1; ; i++) {
      Path free = i == 1 ? named : named.resolveSibling(named.getFileName() + "-" + i);
      try {
        Files.createFile(free);
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
          Files.setPosixFilePermissions(free, Files.getPosixFilePermissions(file));
        }
        return free;
      } catch (FileAlreadyExistsException e) {
        if (i == 100) {
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

  private static void discard(Path backup) {
    try {
      Files.deleteIfExists(backup);
    } catch (IOException e) {
      // The error that led here says more.
    }
  }
}
