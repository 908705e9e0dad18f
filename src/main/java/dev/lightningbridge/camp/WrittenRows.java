package dev.lightningbridge.camp;

import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.Written;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteUpdateListener;

/**
 * Watches one transaction, and compares what became of the database with what was to be written:
 * every row that SQLite says it changed must be a new one, of the table and with the id that is
 * reported, and no table may have got longer or shorter otherwise. So nothing that a table's own
 * clauses do beside an insert goes by unseen.
 */
final class WrittenRows implements AutoCloseable {
  private final SQLiteConnection connection;
  private final Path shown;
  private final Map<String, Long> before;
  private final List<Change> changes = new ArrayList<>();
  private final SQLiteUpdateListener listener =
      (type, database, table, row) -> changes.add(new Change(type.name(), table, row));

  private record Change(String type, String table, long row) {}

  /**
   * A change of one row that was to be made.
   *
   * @param type as SQLite names it
   * @param id of the row; null of one that is gone
   * @param needed whether it must have been made
   */
  record Wanted(String type, String table, @Nullable String id, boolean needed) {
    static Wanted inserted(String table, String id) {
      return new Wanted("INSERT", table, id, true);
    }

    /** A payload that was stored before is not stored again. */
    static Wanted mayBeInserted(String table, String id) {
      return new Wanted("INSERT", table, id, false);
    }

    static Wanted updated(String table, String id) {
      return new Wanted("UPDATE", table, id, true);
    }

    static Wanted deleted(String table) {
      return new Wanted("DELETE", table, null, true);
    }
  }

  private WrittenRows(SQLiteConnection connection, Path shown) throws SQLException {
    this.connection = connection;
    this.shown = shown;
    this.before = lengths();
    connection.addUpdateListener(listener);
  }

  /** Begins to watch; the transaction holds the write lock already. */
  static WrittenRows watch(Connection connection, Path shown) throws SQLException {
    return new WrittenRows(connection.unwrap(SQLiteConnection.class), shown);
  }

  /**
   * Compares, before the commit.
   *
   * @throws BridgeException where anything else was changed; the transaction is then to be undone
   */
  void mustBe(Written written, String prompt) throws SQLException {
    Map<String, List<String>> wanted = new TreeMap<>();
    wanted.put("agent_definitions", List.of(written.agentVersionId()));
    wanted.put("audit_log", written.auditIds());
    wanted.put("evolution_records", List.of(written.evolutionRecordId()));
    wanted.put("payload_blobs", written.blobHashes());
    wanted.put("training_events", written.eventIds());
    Map<String, List<String>> found = new TreeMap<>();
    for (Change change : changes) {
      if (!change.type().equals("INSERT")) {
        throw other("%s of a row of %s".formatted(change.type(), change.table()));
      }
      found.computeIfAbsent(change.table(), t -> new ArrayList<>()).add(id(change));
    }
    // A payload that was stored before is not stored again.
    found.putIfAbsent("payload_blobs", wanted.get("payload_blobs"));
    if (!found.equals(wanted)) {
      throw other("other rows than these: " + found);
    }
    Map<String, Long> after = lengths();
    for (Change change : changes) {
      after.merge(change.table(), -1L, Long::sum);
    }
    if (!after.equals(before)) {
      throw other("rows are gone, or more than were written");
    }
    if (!prompt.equals(promptOf(written.agentVersionId()))) {
      throw other("the new agent version has another prompt");
    }
  }

  /**
   * The same, of rows that are new, changed or gone.
   *
   * @throws BridgeException where anything else was changed, or something of this was not
   */
  void mustBe(List<Wanted> wanted) throws SQLException {
    List<Wanted> left = new ArrayList<>(wanted);
    Map<String, Long> expected = new TreeMap<>(before);
    for (Change change : changes) {
      boolean gone = change.type().equals("DELETE");
      String id = gone ? null : id(change);
      Wanted made =
          left.stream()
              .filter(w -> w.type().equals(change.type()) && w.table().equals(change.table()))
              .filter(w -> Objects.equals(w.id(), id))
              .findFirst()
              .orElseThrow(
                  () -> other("%s of a row of %s".formatted(change.type(), change.table())));
      left.remove(made);
      expected.merge(
          change.table(), gone ? -1L : change.type().equals("INSERT") ? 1L : 0L, Long::sum);
    }
    if (left.stream().anyMatch(Wanted::needed)) {
      throw other("not all was changed that was to be");
    }
    if (!lengths().equals(expected)) {
      throw other("rows are gone, or more than were written");
    }
  }

  private BridgeException other(String what) {
    return other(what, shown.toString());
  }

  /**
   * What a change ends with that became another one.
   *
   * @param what was found; {@code where} it was
   */
  static BridgeException other(String what, String where) {
    return new BridgeException(
        CampError.WRITTEN_OTHERWISE,
        "the database did not take the new rows as they are (%s), so all was undone"
            .formatted(what),
        where,
        "The definitions of its tables are not Training Camp's. Use a copy with the app's own.");
  }

  private String id(Change change) throws SQLException {
    String key = change.table().equals("payload_blobs") ? "hash" : "id";
    return text(
        "SELECT %s FROM main.\"%s\" WHERE rowid = ?"
            .formatted(key, change.table().replace("\"", "\"\"")),
        change.row());
  }

  private String promptOf(String agentId) throws SQLException {
    String sql = "SELECT CAST(system_prompt AS BLOB) FROM main.agent_definitions WHERE id = ?";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, agentId);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? TextEncoding.of(connection).decode(row.getBytes(1)) : "";
      }
    }
  }

  private String text(String sql, long value) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setLong(1, value);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? String.valueOf(row.getString(1)) : "(gone)";
      }
    }
  }

  private Map<String, Long> lengths() throws SQLException {
    Map<String, Long> lengths = new TreeMap<>();
    try (Statement names = connection.createStatement();
        ResultSet tables =
            names.executeQuery(
                "SELECT name FROM main.sqlite_master WHERE type = 'table' AND rootpage > 0")) {
      while (tables.next()) {
        String name = tables.getString(1);
        try (Statement count = connection.createStatement();
            ResultSet row =
                count.executeQuery(
                    "SELECT count(*) FROM main.\"%s\"".formatted(name.replace("\"", "\"\"")))) {
          lengths.put(name, row.getLong(1));
        }
      }
    }
    return lengths;
  }

  @Override
  public void close() {
    connection.removeUpdateListener(listener);
  }
}
