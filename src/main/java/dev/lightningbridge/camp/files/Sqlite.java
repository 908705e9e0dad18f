package dev.lightningbridge.camp.files;

import dev.lightningbridge.common.BridgeException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/** Connections to SQLite files, and what their errors mean to a person. */
public final class Sqlite {
  private static final int PATIENCE_MS = 5000;

  private Sqlite() {}

  /** Opens an existing file; a read-only connection leaves no trace beside it. */
  public static Connection open(Path file, boolean readOnly) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(readOnly);
    if (!readOnly) {
      config.resetOpenMode(SQLiteOpenMode.CREATE);
    }
    config.setBusyTimeout(PATIENCE_MS);
    // As a URI, so that no character of the path can be taken for an option.
    Connection connection = config.createConnection("jdbc:sqlite:" + file.toUri());
    try (Statement statement = connection.createStatement()) {
      // Joins of a large database spill to the disk instead of filling the memory.
      statement.execute("PRAGMA temp_store = FILE");
      // Enough for the upper pages of the indexes that the joins look up.
      statement.execute("PRAGMA cache_size = -32768");
      statement.execute("PRAGMA trusted_schema = OFF");
      statement.execute("PRAGMA foreign_keys = OFF");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  /** The error for a person. Whatever a file makes SQLite say is a fault of the file. */
  public static BridgeException failure(SQLException e, Path file) {
    if (e.getCause() instanceof NativeLibraryNotFoundException) {
      return new BridgeException(
          CampError.SQLITE_UNUSABLE,
          "SQLite's library cannot be unpacked into the temporary folder, or not loaded from there",
          System.getProperty("java.io.tmpdir", "temporary folder"),
          "See that the folder has room and lets programs run, or name another one:"
              + " JAVA_TOOL_OPTIONS=-Dorg.sqlite.tmpdir=DIR.",
          e);
    }
    int primary = e instanceof SQLiteException s ? s.getResultCode().code & 0xFF : 0;
    SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(primary);
    String where = file.toString();
    return switch (code) {
      case SQLITE_NOTADB ->
          new BridgeException(
              CampError.NOT_A_DATABASE,
              "this is no SQLite database",
              where,
              "Name the database file of Training Camp, or the text of the browser's store.",
              e);
      case SQLITE_BUSY, SQLITE_LOCKED ->
          new BridgeException(
              CampError.IN_USE,
              "another program is writing the database",
              where,
              "Close that program or wait for it, then try again.",
              e);
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH, SQLITE_CANTOPEN ->
          new BridgeException(
              CampError.NOT_WRITABLE,
              "the database cannot be opened or written: " + e.getMessage(),
              where,
              "Give this user the right to read and write the file and its folder.",
              e);
      case SQLITE_FULL ->
          new BridgeException(
              CampError.WRITE_FAILED,
              "there is no room left on the disk",
              where,
              "Make room, then try again.",
              e);
      default -> damaged(String.valueOf(e.getMessage()), file, e);
    };
  }

  public static BridgeException damaged(String what, Path file, @Nullable Throwable cause) {
    return new BridgeException(
        CampError.DAMAGED,
        "the database is damaged: " + what,
        file.toString(),
        "Take a backup, or save what is left with: sqlite3 FILE .recover",
        cause);
  }
}
