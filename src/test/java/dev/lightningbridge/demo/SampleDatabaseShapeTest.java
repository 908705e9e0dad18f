package dev.lightningbridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.camp.Samples;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.needs.Need;
import dev.lightningbridge.needs.Needs;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The sample database looks, column by column, like one that the app itself wrote. */
@TestInstance(Lifecycle.PER_CLASS)
@Needs(Need.APP_SAMPLES)
class SampleDatabaseShapeTest {
  private Connection ours;
  private Connection theirs;

  @BeforeAll
  void open(@TempDir Path folder) throws SQLException {
    Path app = Samples.file("small.db");
    Path made = SampleDatabase.create(folder.resolve("sample.db"), 1).file();
    theirs = DriverManager.getConnection("jdbc:sqlite:file:" + app + "?mode=ro");
    ours = DriverManager.getConnection("jdbc:sqlite:" + made);
  }

  @AfterAll
  void close() throws SQLException {
    if (ours != null) {
      ours.close();
      theirs.close();
    }
  }

  @Test
  void every_column_holds_the_types_that_it_holds_there() throws SQLException {
    for (String table : texts(ours, "SELECT name FROM sqlite_master WHERE type = 'table'")) {
      for (String column : texts(ours, "SELECT name FROM pragma_table_info('" + table + "')")) {
        String sql = "SELECT DISTINCT typeof(%s) FROM %s".formatted(column, table);
        Set<String> types = texts(ours, sql);
        if (column.equals("constraints")) {
          types.remove("text");
        }
        assertThat(texts(theirs, sql)).as(table + "." + column).containsAll(types);
      }
    }
  }

  @Test
  void payloads_and_metadata_have_the_same_members_in_the_same_order() throws Exception {
    for (String type : texts(ours, "SELECT DISTINCT event_type FROM training_events")) {
      String sql =
          "SELECT content FROM training_events JOIN payload_blobs ON hash = payload_hash"
              + " WHERE event_type = '%s'".formatted(type);
      assertThat(members(theirs, sql)).as(type).containsAll(members(ours, sql));
    }
    for (String sql :
        List.of(
            "SELECT metadata FROM artifacts WHERE metadata NOT LIKE '%\"error\":%'",
            "SELECT parameters FROM agent_definitions",
            "SELECT memory_config FROM agent_definitions",
            "SELECT score_analysis FROM evolution_records",
            "SELECT plan FROM evolution_records",
            "SELECT data FROM audit_log WHERE data <> 'null'")) {
      assertThat(members(theirs, sql)).as(sql).containsAll(members(ours, sql));
    }
  }

  @Test
  void events_name_what_events_of_their_type_name_and_bear_the_same_tags() throws SQLException {
    String refs =
        "SELECT DISTINCT event_type || (session_id IS NULL) || (lineage_id IS NULL) ||"
            + " (agent_id IS NULL) || (artifact_id IS NULL) || (attempt_id IS NULL)"
            + " FROM training_events";
    assertThat(texts(ours, refs)).isEqualTo(texts(theirs, refs));
    String tags = "SELECT DISTINCT event_type || ' ' || tags FROM training_events";
    Set<String> more = texts(ours, tags);
    more.removeAll(texts(theirs, tags));
    assertThat(more)
        .isSubsetOf(
            "evolution.outcome [\"learning:outcome\",\"category:learning\","
                + "\"outcome:regressed\",\"hypothesis:rejected\"]");
  }

  private static Set<String> texts(Connection connection, String sql) throws SQLException {
    Set<String> texts = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  /** The names of the members of each JSON object, without those that may be missing. */
  private static Set<List<String>> members(Connection connection, String sql)
      throws SQLException, IOException {
    Set<List<String>> all = new HashSet<>();
    for (String json : texts(connection, sql)) {
      JsonNode object = Json.mapper().readTree(json);
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      names.remove("comment");
      all.add(names);
    }
    return all;
  }
}
