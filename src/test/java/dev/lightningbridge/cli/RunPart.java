package dev.lightningbridge.cli;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/** The parts of a run with a judge, by what its process has written into bridge.db so far. */
enum RunPart {
  /** Reads the database, opens bridge.db; resumed, reads what there was. */
  BEGINNING,
  JUDGE,
  SEARCH,
  TEST,
  /** Proposal, promotion, report, result. */
  ENDING,
  ENDED;

  private static final String REACHED =
      """
      CASE WHEN type = 'evaluated' AND json_extract(body_json, '$.purpose') = 'test' THEN 4
           WHEN type = 'phase_started' THEN CASE json_extract(body_json, '$.name')
             WHEN 'judge' THEN 1 WHEN 'search' THEN 2 WHEN 'test' THEN 3 END END""";

  /**
   * Where the one run of a bridge.db is.
   *
   * @param before the last event of an earlier process
   */
  static RunPart of(Connection bridge, long before) throws SQLException {
    try (PreparedStatement query =
        bridge.prepareStatement(
            """
            SELECT CASE WHEN EXISTS (SELECT 1 FROM runs WHERE finished_at IS NOT NULL
                AND state NOT IN ('failed', 'cancelled')) THEN 5
              ELSE coalesce((SELECT max(%s) FROM events WHERE sequence > ?), 0) END"""
                .formatted(REACHED))) {
      query.setLong(1, before);
      try (ResultSet row = query.executeQuery()) {
        return values()[row.getInt(1)];
      }
    }
  }

  /** How long each part of a run that has ended took, in milliseconds. */
  static Map<RunPart, Long> lengths(Connection bridge) throws SQLException {
    Map<RunPart, Long> begins = new EnumMap<>(RunPart.class);
    try (PreparedStatement query =
            bridge.prepareStatement(
                """
                SELECT 0, created_at FROM runs UNION ALL SELECT 5, finished_at FROM runs
                UNION ALL SELECT %s AS part, min(at) FROM events WHERE part IS NOT NULL GROUP BY part"""
                    .formatted(REACHED));
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        begins.put(values()[row.getInt(1)], row.getLong(2));
      }
    }
    Map<RunPart, Long> lengths = new EnumMap<>(RunPart.class);
    for (RunPart part : values()) {
      if (part != ENDED) {
        lengths.put(part, begins.get(values()[part.ordinal() + 1]) - begins.get(part));
      }
    }
    return lengths;
  }
}
