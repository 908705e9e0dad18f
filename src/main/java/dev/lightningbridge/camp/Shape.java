package dev.lightningbridge.camp;

import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.common.BridgeException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes the databases of all versions look alike. Every table that is read is shadowed by a
 * temporary view of its name with all the columns that are read, by name, NULL where this version
 * lacks them, and the rowid as {@code row}; a table that this version lacks becomes an empty view.
 */
final class Shape {
  /** Without these a file is no Training Camp database. */
  private static final Set<String> NEEDED =
      Set.of("sessions", "lineages", "artifacts", "evaluations", "schema_version");

  /** Texts of people and models; never joined by. */
  private static final Set<String> LONG =
      Set.of(
          "need",
          "constraints",
          "input_prompt",
          "directive_sticky",
          "directive_oneshot",
          "content",
          "metadata",
          "comment",
          "description",
          "system_prompt",
          "tools",
          "flow",
          "memory_config",
          "parameters",
          "input",
          "expected_output",
          "output",
          "error",
          "tool_args",
          "tool_result",
          "tool_error",
          "trigger_comment",
          "pattern",
          "trigger_directives",
          "data",
          "tags");

  /** A longer text would only fill the memory; the app's are a thousand times shorter. */
  private static final int MAX_BYTES = 16_000_000;

  private static final Map<String, List<String>> READ =
      tables(
          """
          sessions id name need constraints input_prompt created_at
          lineages id session_id label strategy_tag is_locked directive_sticky directive_oneshot \
          created_at
          artifacts id lineage_id cycle content metadata created_at
          evaluations id artifact_id score comment created_at
          agent_definitions id lineage_id version name description system_prompt tools flow \
          memory_config parameters created_at updated_at
          test_cases id session_id name input created_at
          context_examples id session_id name input expected_output created_at
          audit_log id event_type entity_type entity_id data
          rollouts id lineage_id cycle status created_at
          attempts id rollout_id status agent_id agent_version system_prompt_hash input model_id \
          temperature max_tokens top_p output error duration_ms created_at
          execution_spans id attempt_id sequence type input output model_id tool_name tool_args \
          tool_result tool_error duration_ms created_at
          evolution_records id lineage_id trigger_comment trigger_directives created_at
          learning_insights id session_id pattern success_count failure_count avg_score_impact \
          updated_at
          training_events id timestamp event_type schema_version session_id lineage_id agent_id \
          artifact_id attempt_id payload_hash tags
          payload_blobs hash content
          schema_version version
          """);

  private Shape() {}

  /**
   * Checks that this is a Training Camp database and makes the views.
   *
   * @return the schema version
   */
  static int impose(Tables tables, Path shown) {
    Map<String, Set<String>> present = new LinkedHashMap<>();
    for (String table : READ.keySet()) {
      present.put(table, columns(tables, table));
    }
    List<String> missing =
        NEEDED.stream().filter(t -> present.getOrDefault(t, Set.of()).isEmpty()).sorted().toList();
    if (!missing.isEmpty()) {
      throw new BridgeException(
          CampError.NOT_A_CAMP,
          "this is no Training Camp database: it has no table " + String.join(", ", missing),
          shown.toString(),
          "Name the database file of Training Camp.");
    }
    READ.forEach(
        (table, columns) ->
            tables.run(view(table, columns, present.getOrDefault(table, Set.of()))));
    return version(tables, shown);
  }

  private static int version(Tables tables, Path shown) {
    List<Long> versions =
        tables.list(
            "SELECT 'schema_version' AS id, max(version) AS version FROM schema_version",
            row -> row.integer("version"));
    long version = versions.isEmpty() ? 0 : versions.get(0);
    if (version < 1 || version > CampSchema.NEWEST) {
      throw new BridgeException(
          CampError.VERSION_UNKNOWN,
          versions.isEmpty() ? "it names no schema version" : "its schema version is " + version,
          shown.toString(),
          "Known are the versions 1 to %d.".formatted(CampSchema.NEWEST));
    }
    return (int) version;
  }

  private static Set<String> columns(Tables tables, String table) {
    return tables
        .list(
            """
            SELECT c.name AS id FROM main.sqlite_master m, pragma_table_info(m.name, 'main') c
            WHERE m.type = 'table' AND m.rootpage > 0 AND lower(m.name) = ?""",
            row -> row.text("id", "").toLowerCase(Locale.ROOT),
            table)
        .stream()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String view(String table, List<String> columns, Set<String> present) {
    String fields =
        columns.stream()
            .map(c -> present.contains(c) ? field(c) : "NULL AS " + c)
            .collect(Collectors.joining(", "));
    return present.isEmpty()
        ? "CREATE TEMP VIEW %s AS SELECT NULL AS row, %s WHERE 0".formatted(table, fields)
        : "CREATE TEMP VIEW %s AS SELECT rowid AS row, %s FROM main.%s"
            .formatted(table, fields, table);
  }

  /** A text that is too long shows as no bytes, which its reader takes for none and reports. */
  private static String field(String column) {
    return LONG.contains(column)
        ? "CASE WHEN octet_length(\"%1$s\") <= %2$d THEN \"%1$s\" WHEN \"%1$s\" IS NOT NULL THEN x'' END AS %1$s"
            .formatted(column, MAX_BYTES)
        : "\"%1$s\" AS %1$s".formatted(column);
  }

  private static Map<String, List<String>> tables(String lines) {
    Map<String, List<String>> tables = new LinkedHashMap<>();
    for (String line : lines.lines().toList()) {
      List<String> words = List.of(line.split(" ", -1));
      tables.put(words.get(0), words.subList(1, words.size()));
    }
    return tables;
  }
}
