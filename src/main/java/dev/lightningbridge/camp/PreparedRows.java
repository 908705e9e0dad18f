package dev.lightningbridge.camp;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The statements of many like rows, each prepared once. */
public final class PreparedRows implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  public PreparedRows(Connection connection) {
    this.connection = connection;
  }

  /** Inserts a row; the values stand in the order of their columns' names. */
  public void insert(String table, Map<String, Object> values) throws SQLException {
    // Put together by hand: a million rows come by here nine times each.
    PreparedStatement insert =
        statement(
            "INSERT INTO main."
                + table
                + " ("
                + String.join(", ", values.keySet())
                + ") VALUES ("
                + "?, ".repeat(values.size() - 1)
                + "?)");
    int place = 0;
    for (Object value : values.values()) {
      insert.setObject(++place, value);
    }
    insert.executeUpdate();
  }

  /** Changes rows. */
  public void update(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement update = statement(sql);
    for (int i = 0; i < values.length; i++) {
      update.setObject(i + 1, values[i]);
    }
    update.executeUpdate();
  }

  /** The first column of the first row found; null where there is none, or it is NULL. */
  public @Nullable String find(String sql, String... values) throws SQLException {
    PreparedStatement query = statement(sql);
    for (int i = 0; i < values.length; i++) {
      query.setString(i + 1, values[i]);
    }
    try (ResultSet found = query.executeQuery()) {
      return found.next() ? found.getString(1) : null;
    }
  }

  private PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      statements.put(sql, known);
    }
    return known;
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.close();
    }
  }
}
