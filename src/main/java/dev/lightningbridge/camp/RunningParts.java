package dev.lightningbridge.camp;

import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.common.BridgeException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a database can bring along that SQLite would run, or read in place of a table, when rows are
 * written: triggers, views, virtual tables and generated columns. Training Camp makes none.
 */
public final class RunningParts {
  private static final int NAMED = 5;

  private RunningParts() {}

  /**
   * Looks before anything is written.
   *
   * @throws BridgeException where there are any; they are named
   */
  public static void refuse(Tables tables, Path shown) {
    List<String> parts =
        tables.list(
            """
            SELECT CASE WHEN type = 'table' THEN 'virtual table' ELSE type END || ' ' || name AS id
              FROM main.sqlite_master
              WHERE type IN ('trigger', 'view') OR (type = 'table' AND rootpage = 0)
            UNION ALL
            SELECT 'generated column ' || m.name || '.' || c.name
              FROM main.sqlite_master m, pragma_table_xinfo(m.name, 'main') c
              WHERE m.type = 'table' AND m.rootpage > 0 AND c.hidden IN (2, 3)
            ORDER BY 1""",
            row -> row.text("id"));
    if (!parts.isEmpty()) {
      throw new BridgeException(
          CampError.BRINGS_CODE,
          "the database brings along what would run or stand in the way when it is written: "
              + String.join(", ", parts.subList(0, Math.min(NAMED, parts.size())))
              + (parts.size() > NAMED ? " and %d more".formatted(parts.size() - NAMED) : ""),
          shown.toString(),
          "Training Camp makes none of these. See who made them, and drop them from the file or use"
              + " a copy without them; nothing was written.");
    }
  }
}
