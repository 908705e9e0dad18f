package dev.lightningbridge.camp.writing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Deletes captured calls that are too old, or for which there is no room, with their scores. */
final class CapturedOld {
  private static final int MOST = 5_000;

  /** What belongs to the doomed attempts, each after what is told from it. */
  private static final List<String> DELETIONS =
      List.of(
          """
          INSERT INTO temp.doomed_blobs SELECT payload_hash FROM main.training_events
          WHERE attempt_id IN (SELECT attempt FROM temp.doomed)
            OR artifact_id IN (SELECT artifact FROM temp.doomed)""",
          """
          DELETE FROM main.training_events
          WHERE attempt_id IN (SELECT attempt FROM temp.doomed)
            OR artifact_id IN (SELECT artifact FROM temp.doomed)""",
          """
          DELETE FROM main.payload_blobs WHERE hash IN (
            SELECT hash FROM temp.doomed_blobs
            EXCEPT SELECT payload_hash FROM main.training_events)""",
          """
          DELETE FROM main.audit_log WHERE entity_type = 'evaluation' AND entity_id IN (
            SELECT id FROM main.evaluations
            WHERE artifact_id IN (SELECT artifact FROM temp.doomed))""",
          """
          DELETE FROM main.evaluations
          WHERE artifact_id IN (SELECT artifact FROM temp.doomed)""",
          """
          INSERT INTO temp.doomed_rollouts SELECT rollout_id FROM main.attempts
          WHERE id IN (SELECT attempt FROM temp.doomed)""",
          "DELETE FROM main.execution_spans WHERE attempt_id IN (SELECT attempt FROM temp.doomed)",
          "DELETE FROM main.attempts WHERE id IN (SELECT attempt FROM temp.doomed)",
          """
          DELETE FROM main.rollouts WHERE id IN (
            SELECT id FROM temp.doomed_rollouts EXCEPT SELECT rollout_id FROM main.attempts)""",
          "DELETE FROM main.artifacts WHERE id IN (SELECT artifact FROM temp.doomed)");

  private final Connection connection;
  private final String sessionId;

  CapturedOld(Connection connection, String sessionId) {
    this.connection = connection;
    this.sessionId = sessionId;
  }

  /** Deletes some of the oldest; those that are left over come the next time. */
  int delete(long before, long mostBytes) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // What is deleted is overwritten: it may be what nobody should read any more.
      statement.execute("PRAGMA secure_delete = ON");
      statement.execute("CREATE TEMP TABLE doomed (artifact PRIMARY KEY, attempt)");
      statement.execute("CREATE TEMP TABLE doomed_blobs (hash)");
      statement.execute("CREATE TEMP TABLE doomed_rollouts (id)");
      int doomed = collect("f.created_at < ?", before, MOST);
      long used = used(statement);
      if (doomed == 0 && used > mostBytes) {
        doomed = collect("? >= 0", used, share(used - mostBytes, used));
      }
      if (doomed > 0) {
        for (String sql : DELETIONS) {
          statement.execute(sql);
        }
      }
      for (String table : List.of("doomed", "doomed_blobs", "doomed_rollouts")) {
        statement.execute("DROP TABLE temp." + table);
      }
      return doomed;
    }
  }

  private int collect(String condition, long value, int most) throws SQLException {
    String sql =
        """
        INSERT INTO temp.doomed
        SELECT f.id, json_extract(f.metadata, '$.attemptId')
        FROM main.artifacts f JOIN main.lineages l ON l.id = f.lineage_id
        WHERE l.session_id = ? AND json_valid(f.metadata)
          AND json_type(f.metadata, '$.captured') = 'object' AND\s"""
            + condition
            + " ORDER BY f.created_at, f.rowid LIMIT ?";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, sessionId);
      insert.setLong(2, value);
      insert.setInt(3, most);
      return insert.executeUpdate();
    }
  }

  /** About as many as take that much room, and a tenth of all at the least. */
  private int share(long tooMany, long used) throws SQLException {
    try (PreparedStatement count =
        connection.prepareStatement(
            "SELECT count(*) FROM main.artifacts f JOIN main.lineages l ON l.id = f.lineage_id"
                + " WHERE l.session_id = ?")) {
      count.setString(1, sessionId);
      try (ResultSet found = count.executeQuery()) {
        double part = Math.clamp((double) tooMany / used, 0.1, 1);
        return (int) Math.clamp(Math.ceil(part * found.getLong(1)), 1, MOST);
      }
    }
  }

  private static long used(Statement statement) throws SQLException {
    return (number(statement, "page_count") - number(statement, "freelist_count"))
        * number(statement, "page_size");
  }

  private static long number(Statement statement, String pragma) throws SQLException {
    try (ResultSet found = statement.executeQuery("PRAGMA main." + pragma)) {
      return found.getLong(1);
    }
  }
}
