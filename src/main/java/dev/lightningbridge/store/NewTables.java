package dev.lightningbridge.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The tables of an empty bridge.db, made by one script as all migrations together make them, and
 * noted in Flyway's history as if it had: it takes most of a second for the same.
 */
final class NewTables {
  static final String SCRIPT = "/db/new-tables.sql";

  private NewTables() {}

  /**
   * Makes them where there is nothing yet: all, and the version, in one transaction.
   *
   * @return false where something is there, which is left as it is
   */
  static boolean make(Connection connection, int version) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      if (!isEmpty(statement)) {
        connection.rollback();
        connection.setAutoCommit(true);
        return false;
      }
      statement.executeUpdate(script());
      statement.execute("PRAGMA user_version = " + version);
      connection.commit();
      connection.setAutoCommit(true);
      return true;
    }
  }

  private static boolean isEmpty(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT count(*) FROM sqlite_master")) {
      return row.getInt(1) == 0;
    }
  }

  static String script() throws IOException {
    try (InputStream in = NewTables.class.getResourceAsStream(SCRIPT)) {
      if (in == null) {
        throw new IllegalStateException("missing from the program: " + SCRIPT);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
