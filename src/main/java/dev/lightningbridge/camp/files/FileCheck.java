package dev.lightningbridge.camp.files;

import dev.lightningbridge.common.BridgeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a SQLite file is whole, from its header (https://sqlite.org/fileformat.html) and pages.
 */
public final class FileCheck {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 100;

  /** Complaints of SQLite's checks about rows, which are not about damaged pages. */
  private static final List<String> ABOUT_ROWS =
      List.of(
          "CHECK constraint failed in ",
          "NULL value in ",
          "NUMERIC value in ",
          "TEXT value in ",
          "non-unique entry in index ");

  private FileCheck() {}

  public static boolean isSqlite(Path file) throws IOException {
    return Arrays.equals(start(file, MAGIC.length), MAGIC);
  }

  /** Whether the header says that the file is written in WAL mode. */
  public static boolean isWal(Path file) throws IOException {
    byte[] header = start(file, HEADER);
    return header.length == HEADER && (header[18] == 2 || header[19] == 2);
  }

  /** Checks the header and the length of a file that has no journal. */
  static void header(Path file, Path shown) throws IOException {
    byte[] start = start(file, HEADER);
    long size = Files.size(file);
    if (start.length < HEADER) {
      throw cutOff("only %d bytes are there".formatted(size), shown);
    }
    ByteBuffer header = ByteBuffer.wrap(start);
    int stored = header.getShort(16) & 0xFFFF;
    int pageSize = stored == 1 ? 65536 : stored;
    if (pageSize < 512 || Integer.bitCount(pageSize) != 1) {
      throw Sqlite.damaged("its page size is " + pageSize, shown, null);
    }
    long pages = header.getInt(28) & 0xFFFFFFFFL;
    boolean pagesAreValid = pages > 0 && header.getInt(24) == header.getInt(92);
    long needed = pagesAreValid ? pages * pageSize : (size + pageSize - 1) / pageSize * pageSize;
    if (size < needed) {
      throw cutOff("%d of %d bytes are there".formatted(size, needed), shown);
    }
  }

  /**
   * Lets SQLite check the pages.
   *
   * @param pragma quick_check or integrity_check
   */
  public static void pages(Connection connection, String pragma, Path shown) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("PRAGMA " + pragma + "(100000)")) {
      while (found.next()) {
        String complaint = String.valueOf(found.getString(1));
        if (!complaint.equals("ok") && ABOUT_ROWS.stream().noneMatch(complaint::startsWith)) {
          throw Sqlite.damaged(complaint.strip(), shown, null);
        }
      }
    }
  }

  private static BridgeException cutOff(String what, Path shown) {
    return new BridgeException(
        CampError.CUT_OFF,
        "the database is cut off: " + what,
        shown.toString(),
        "Copy the file once more from where it is whole.");
  }

  private static byte[] start(Path file, int length) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(length);
    }
  }
}
