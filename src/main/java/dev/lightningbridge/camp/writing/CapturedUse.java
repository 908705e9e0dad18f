package dev.lightningbridge.camp.writing;

import dev.lightningbridge.camp.writing.CaptureReader.ScoredCall;
import dev.lightningbridge.camp.writing.CaptureReader.Use;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads how captured calls were scored. */
final class CapturedUse {
  private static final String VERSION = "json_extract(f.metadata, '$.agentId')";

  private static final String SCORE =
      """
      (SELECT v.score FROM main.evaluations v WHERE v.artifact_id = f.id
        ORDER BY v.created_at DESC, v.rowid DESC LIMIT 1)""";

  private static final String CAPTURED =
      "json_valid(f.metadata) AND json_type(f.metadata, '$.captured') = 'object'";

  private static final String SCORED =
      """
      SELECT %s, %s,
        (SELECT min(v.created_at) FROM main.evaluations v WHERE v.artifact_id = f.id) first
      FROM main.artifacts f
      WHERE f.lineage_id = ? AND f.created_at >= ? AND %s AND first IS NOT NULL
      ORDER BY first, f.rowid"""
          .formatted(VERSION, SCORE, CAPTURED);

  private static final String BY_VERSION =
      """
      WITH calls AS (
        SELECT %s agent, f.created_at at, %s score
        FROM main.artifacts f JOIN main.lineages l ON l.id = f.lineage_id
        JOIN main.sessions s ON s.id = l.session_id
        WHERE (s.name = ?1 OR s.id = ?1) AND %s)
      SELECT agent, count(*), sum(at >= ?2), count(score), avg(score) FROM calls GROUP BY agent"""
          .formatted(VERSION, SCORE, CAPTURED);

  private CapturedUse() {}

  /** As {@link CaptureReader#scored}. */
  static List<ScoredCall> scored(Connection connection, String lineageId, long since)
      throws SQLException {
    List<ScoredCall> calls = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(SCORED)) {
      query.setString(1, lineageId);
      query.setLong(2, since);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          calls.add(new ScoredCall(row.getString(1), row.getInt(2)));
        }
      }
    }
    return calls;
  }

  /** As {@link CaptureReader#use}. */
  static Map<String, Use> byVersion(Connection connection, String session, long since)
      throws SQLException {
    Map<String, Use> use = new HashMap<>();
    try (PreparedStatement query = connection.prepareStatement(BY_VERSION)) {
      query.setString(1, session);
      query.setLong(2, since);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          long scored = row.getLong(4);
          Double mean = scored == 0 ? null : row.getDouble(5);
          use.put(row.getString(1), new Use(row.getLong(2), row.getLong(3), scored, mean));
        }
      }
    }
    return use;
  }
}
