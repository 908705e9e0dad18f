package dev.lightningbridge.store;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewTablesTest {
  private static final Path MADE = Path.of("target", "new-tables.sql");
  private static final String INSERT =
      "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
          + " checksum,\n  installed_by, execution_time, success)";

  @TempDir Path folder;
  private Connections made;
  private Connections migrated;

  @BeforeEach
  void open() {
    made = new Connections(folder.resolve("made.db"), 1000);
    migrated = new Connections(folder.resolve("migrated.db"), 1000);
  }

  @AfterEach
  void close() throws SQLException {
    made.close();
    migrated.close();
  }

  @Test
  void the_script_is_what_all_migrations_make() throws IOException {
    Migrations.SQLITE.apply(migrated.source());
    String script = scriptOf(migrated);
    Files.writeString(MADE, script);

    assertThat(NewTables.script())
        .as("after a new migration: cp %s src/main/resources%s", MADE, NewTables.SCRIPT)
        .isEqualTo(script);
  }

  @Test
  void a_database_made_by_it_has_the_tables_and_the_history_of_a_migrated_one() throws Exception {
    Migrations.SQLITE.apply(migrated.source());
    assertThat(make()).isTrue();

    assertThat(scriptOf(made)).isEqualTo(scriptOf(migrated));
    assertThat(version()).isEqualTo(Migrations.SQLITE.version());
  }

  @Test
  void Flyway_takes_the_history_for_its_own_and_finds_nothing_to_do() throws Exception {
    make();
    List<Map<String, Object>> before = history();

    Migrations.SQLITE.apply(made.source());

    assertThat(history()).isEqualTo(before).hasSize(Migrations.FILES.size());
  }

  @Test
  void a_database_with_anything_in_it_is_left_as_it_is() throws Exception {
    Jdbi.create(made).useHandle(h -> h.execute("CREATE TABLE other (x INTEGER)"));

    assertThat(make()).isFalse();
    assertThat(version()).isZero();
    assertThat(scriptOf(made)).doesNotContain("CREATE TABLE runs");
  }

  private boolean make() throws SQLException, IOException {
    Connection connection = made.openConnection();
    try {
      return NewTables.make(connection, Migrations.SQLITE.version());
    } finally {
      made.closeConnection(connection);
    }
  }

  private int version() {
    return Jdbi.create(made)
        .withHandle(h -> h.createQuery("PRAGMA user_version").mapTo(Integer.class).one());
  }

  private List<Map<String, Object>> history() {
    return Jdbi.create(made)
        .withHandle(h -> h.createQuery("SELECT * FROM flyway_schema_history").mapToMap().list());
  }

  /** Tables and indexes, and Flyway's history without its times. */
  private static String scriptOf(Connections connections) {
    StringBuilder script =
        new StringBuilder(
            "-- Made from the migrations in db/bridge by NewTablesTest; not to be edited.\n\n");
    Jdbi.create(connections)
        .useHandle(
            h -> {
              h.createQuery(
                      "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, name")
                  .mapTo(String.class)
                  .forEach(sql -> script.append(sql).append(";\n\n"));
              script.append(historyOf(h));
            });
    return script.toString();
  }

  private static String historyOf(Handle handle) {
    if (handle
        .createQuery("SELECT 1 FROM sqlite_master WHERE name = 'flyway_schema_history'")
        .mapTo(Integer.class)
        .findOne()
        .isEmpty()) {
      return "";
    }
    return handle
        .createQuery(
            """
            SELECT format('  (%d, %Q, %Q, %Q, %Q, %d, %Q, 0, %d)',
                installed_rank, version, description, type, script, checksum, installed_by, success)
            FROM flyway_schema_history ORDER BY installed_rank
            """)
        .mapTo(String.class)
        .collect(joining(",\n", INSERT + "\nVALUES\n", ";\n"));
  }
}
