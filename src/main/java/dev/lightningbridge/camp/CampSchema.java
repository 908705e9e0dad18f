package dev.lightningbridge.camp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** The schema of a fresh Training Camp database, version 9. */
public final class CampSchema {
  /** The newest version that is read; a version 10 was released and taken back. */
  public static final int NEWEST = 10;

  private static final String V9 = "/camp/schema-v9.sql";

  private CampSchema() {}

  /** Makes an empty version 9 database, as the app does, in a database without tables. */
  public static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Outside a transaction each statement would be a write of its own to the disk.
      boolean alone = connection.getAutoCommit();
      if (alone) {
        connection.setAutoCommit(false);
      }
      for (String sql : statements()) {
        statement.execute(sql);
      }
      if (alone) {
        connection.commit();
        connection.setAutoCommit(true);
      }
    }
  }

  public static List<String> statements() {
    return Stream.of(v9().split(";\\R", -1)).filter(sql -> !sql.isBlank()).toList();
  }

  private static String v9() {
    try (InputStream in = CampSchema.class.getResourceAsStream(V9)) {
      if (in == null) {
        throw new IllegalStateException("missing from the build: " + V9);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
