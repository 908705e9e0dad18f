package dev.lightningbridge.camp;

import dev.lightningbridge.common.BridgeException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Inserts rows as the app writes them: with new ids, at one moment, JSON as JavaScript has it. */
public final class Inserts {
  private final Connection connection;
  private final long now;
  private final Supplier<UUID> ids;

  public Inserts(Connection connection, long now, Supplier<UUID> ids) {
    this.connection = connection;
    this.now = now;
    this.ids = ids;
  }

  public long now() {
    return now;
  }

  /** Inserts an audit entry and returns its id. */
  public String audit(String type, String entity, String entityId, Map<String, Object> data)
      throws SQLException {
    String id = newId();
    insert(
        "audit_log",
        ordered(
            "id", id,
            "event_type", type,
            "entity_type", entity,
            "entity_id", entityId,
            "data", JavaScriptJson.stringify(data),
            "created_at", now));
    return id;
  }

  /** Stores a payload under its hash; where another one has that hash, the payload is varied. */
  public String blob(Map<String, Object> payload) throws SQLException {
    for (int variant = 1; ; variant++) {
      String json = JavaScriptJson.stringify(payload);
      String hash = PayloadHash.of(json);
      String stored = stored(hash);
      if (stored == null) {
        insert("payload_blobs", ordered("hash", hash, "content", json, "created_at", now));
        return hash;
      }
      if (stored.equals(json)) {
        return hash;
      }
      payload.put("variant", variant);
    }
  }

  private @Nullable String stored(String hash) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT content FROM main.payload_blobs WHERE hash = ?")) {
      query.setString(1, hash);
      try (ResultSet found = query.executeQuery()) {
        return found.next() ? found.getString(1) : null;
      }
    }
  }

  /**
   * Inserts the row, whose first column is its key.
   *
   * @throws BridgeException where the table's definition has made another one of it
   */
  public void insert(String table, Map<String, Object> values) throws SQLException {
    String sql =
        "INSERT INTO main.%s (%s) VALUES (%s)"
            .formatted(
                table,
                String.join(", ", values.keySet()),
                String.join(", ", Collections.nCopies(values.size(), "?")));
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      bind(insert, 1, values);
      insert.executeUpdate();
    }
    requireAsGiven(table, values);
  }

  private void requireAsGiven(String table, Map<String, Object> values) throws SQLException {
    // The plus keeps a column's own type out of the comparison.
    String same =
        values.keySet().stream()
            .map("+%s COLLATE BINARY IS ?"::formatted)
            .collect(Collectors.joining(" AND "));
    Map.Entry<String, Object> key = values.entrySet().iterator().next();
    String sql = "SELECT 1 FROM main.%s WHERE %s = ? AND %s".formatted(table, key.getKey(), same);
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setObject(1, key.getValue());
      bind(query, 2, values);
      try (ResultSet found = query.executeQuery()) {
        if (!found.next()) {
          throw WrittenRows.other("a row of %s has other values".formatted(table), table);
        }
      }
    }
  }

  private static void bind(PreparedStatement statement, int first, Map<String, Object> values)
      throws SQLException {
    int i = first;
    for (Object value : values.values()) {
      statement.setObject(i++, value);
    }
  }

  /** Changes or deletes rows. */
  void update(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        update.setObject(i + 1, values[i]);
      }
      update.executeUpdate();
    }
  }

  public String newId() {
    return ids.get().toString();
  }

  /** A map of names and values in turn, in that order. */
  public static Map<String, Object> ordered(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }
}
