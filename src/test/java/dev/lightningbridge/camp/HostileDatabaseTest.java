package dev.lightningbridge.camp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.PromotionRequest;
import dev.lightningbridge.corpus.TrainingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases whose own definitions would do more than take a promotion's rows. */
class HostileDatabaseTest {
  private static final String PROMPT = "Be kind, 日本語 😀.";

  @TempDir Path folder;
  private Path file;
  private String session;
  private String lineage;
  private String baseline;

  @BeforeEach
  void makeDatabase() {
    file = folder.resolve("camp.db");
    try (CampFixture camp = CampFixture.create(file, 9)) {
      session = camp.session("Support", "Answer tickets", "Ticket 1");
      lineage = camp.lineage(session, "A");
      baseline = camp.agent(lineage, "Be brief, 日本語.");
      CampFixture.Run run = camp.run(baseline, 1, "Ticket 1", "No, 😀.");
      camp.score(run.artifactId(), 3, "Größe");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trigger wipe | CREATE TRIGGER wipe AFTER INSERT ON agent_definitions BEGIN DELETE FROM evaluations; END",
        "view mine | CREATE VIEW mine AS SELECT * FROM sessions",
        "virtual table words | CREATE VIRTUAL TABLE words USING fts5(text)",
        "generated column audit_log.twice | ALTER TABLE audit_log ADD COLUMN twice AS (length(entity_id))"
      })
  void what_would_run_is_named_and_nothing_is_written(String part, String sql) throws IOException {
    change(sql);
    byte[] before = Files.readAllBytes(file);

    BridgeException refused = refusal();

    assertThat(refused.code()).isEqualTo(CampError.BRINGS_CODE);
    assertThat(refused.what()).contains(part);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(folder).isDirectoryNotContaining("glob:**backup**");
  }

  @Test
  void a_table_that_throws_out_other_rows_for_the_new_one_undoes_the_promotion() throws Exception {
    change(
        "DROP TABLE audit_log",
        "CREATE TABLE audit_log (id TEXT PRIMARY KEY, event_type TEXT, entity_type TEXT UNIQUE ON"
            + " CONFLICT REPLACE, entity_id TEXT, data TEXT, created_at INTEGER)",
        "INSERT INTO audit_log VALUES ('old', 'x', 'agent', 'y', 'null', 1)");

    BridgeException refused = refusal();

    assertThat(refused.code()).isEqualTo(CampError.WRITTEN_OTHERWISE);
    assertThat(texts("SELECT id FROM audit_log")).containsExactly("old");
    assertThat(texts("SELECT id FROM agent_definitions")).containsExactly(baseline);
  }

  @Test
  void a_column_that_makes_another_value_of_what_is_written_undoes_the_promotion()
      throws Exception {
    change(
        "DROP TABLE audit_log",
        "CREATE TABLE audit_log (id TEXT PRIMARY KEY, event_type TEXT, entity_type TEXT, entity_id"
            + " TEXT, data TEXT, created_at TEXT)");

    BridgeException refused = refusal();

    assertThat(refused.code()).isEqualTo(CampError.WRITTEN_OTHERWISE);
    assertThat(texts("SELECT id FROM audit_log")).isEmpty();
    assertThat(texts("SELECT id FROM agent_definitions")).containsExactly(baseline);
  }

  @Test
  void a_virtual_table_does_not_stand_for_one_of_the_apps() {
    change("DROP TABLE evaluations", "CREATE VIRTUAL TABLE evaluations USING fts5(id, score)");

    BridgeException refused =
        catchThrowableOfType(
            BridgeException.class, () -> CampDatabase.open(file, CampDatabase.Options.DEFAULT));

    assertThat(refused.code()).isEqualTo(CampError.NOT_A_CAMP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16le", "UTF-16be"})
  void a_database_of_any_encoding_gives_the_same_rows_and_takes_the_same_prompt(String encoding)
      throws Exception {
    List<TrainingEvent> events = events(file);
    AgentVersion agent = current(file);
    Path other = folder.resolve("other.db");
    copy(encoding, other);

    assertThat(events(other)).isEqualTo(events);
    assertThat(current(other)).isEqualTo(agent);

    file = other;
    promote();
    assertThat(current(other).systemPrompt()).isEqualTo(PROMPT);
  }

  private void copy(String encoding, Path to) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + to);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA encoding = '" + encoding + "'");
      CampSchema.create(connection);
    }
    try (Connection from = DriverManager.getConnection("jdbc:sqlite:" + file);
        Connection into = DriverManager.getConnection("jdbc:sqlite:" + to)) {
      for (String table : texts("SELECT name FROM sqlite_master WHERE type = 'table'")) {
        copy(table, from, into);
      }
    }
  }

  private static void copy(String table, Connection from, Connection into) throws SQLException {
    try (Statement clear = into.createStatement();
        Statement query = from.createStatement();
        ResultSet rows = query.executeQuery("SELECT * FROM " + table)) {
      clear.execute("DELETE FROM " + table);
      int columns = rows.getMetaData().getColumnCount();
      String places = "?" + ", ?".repeat(columns - 1);
      while (rows.next()) {
        try (var insert =
            into.prepareStatement("INSERT INTO %s VALUES (%s)".formatted(table, places))) {
          for (int i = 1; i <= columns; i++) {
            insert.setObject(i, rows.getObject(i));
          }
          insert.executeUpdate();
        }
      }
    }
  }

  private static List<TrainingEvent> events(Path database) {
    try (CampDatabase camp = CampDatabase.open(database, CampDatabase.Options.DEFAULT);
        var events = camp.corpus().events()) {
      return events.toList();
    }
  }

  private AgentVersion current(Path database) {
    try (CampDatabase camp = CampDatabase.open(database, CampDatabase.Options.DEFAULT)) {
      return camp.corpus().agentVersions(lineage).getLast();
    }
  }

  private BridgeException refusal() {
    BridgeException refused = catchThrowableOfType(BridgeException.class, this::promote);
    assertThat(refused).isNotNull();
    return refused;
  }

  private void promote() {
    AgentVersionWriter.open(file, Clock.systemUTC(), UUID::randomUUID)
        .promote(
            new PromotionRequest(
                "run-1",
                session,
                lineage,
                baseline,
                "Be brief, 日本語.",
                PROMPT,
                null,
                "It helps",
                "p = 0.01",
                false,
                null));
  }

  private void change(String... statements) {
    try (CampFixture camp = CampFixture.reopen(file)) {
      for (String sql : statements) {
        camp.sql(sql);
      }
    }
  }

  private List<String> texts(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
