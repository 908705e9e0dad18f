package dev.lightningbridge.camp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.camp.files.Base64Dump;
import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.PromotionRequest;
import dev.lightningbridge.corpus.RollbackRequest;
import dev.lightningbridge.corpus.TrainingEvent;
import dev.lightningbridge.corpus.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentVersionWriterTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T12:30:45Z"), ZoneOffset.UTC);

  @TempDir Path folder;
  private Path file;
  private String session;
  private String lineage;
  private String baseline;

  @BeforeEach
  void makeDatabase() {
    file = folder.resolve("camp.db");
    make(9);
  }

  private void make(int version) {
    try (CampFixture camp = CampFixture.create(file, version)) {
      session = camp.session("Support", "Answer tickets", "Ticket 1");
      lineage = camp.lineage(session, "A");
      baseline = camp.agent(lineage, "Be brief.");
      CampFixture.Run run = camp.run(baseline, 1, "Ticket 1", "No.");
      camp.score(run.artifactId(), 3, null);
    }
  }

  @Test
  void the_new_version_is_the_lineages_current_agent() {
    Written written = writer().promote(promotion("Be kind."));
    AgentVersion current = currentAgent(file);
    assertThat(current.id()).isEqualTo(written.agentVersionId());
    assertThat(current.number()).isEqualTo(2).isEqualTo(written.version());
    assertThat(current.systemPrompt()).isEqualTo("Be kind.");
    assertThat(current.createdAt()).isEqualTo(CampFixture.START);
    assertThat(current.updatedAt()).isEqualTo(CLOCK.millis());
    AgentVersion old = versions(file).get(0);
    assertThat(current.parametersJson()).isEqualTo(old.parametersJson());
    assertThat(current.name()).isEqualTo(old.name());
  }

  @Test
  void only_new_rows_are_written_and_every_one_is_reported() throws SQLException {
    List<String> before = rows(file);
    Written written = writer().promote(promotion("Be kind."));
    List<String> after = rows(file);
    assertThat(after).containsAll(before);
    List<String> added = new ArrayList<>(after);
    added.removeAll(before);
    List<String> reported = new ArrayList<>(written.eventIds());
    reported.addAll(written.blobHashes());
    reported.addAll(written.auditIds());
    reported.add(written.evolutionRecordId());
    reported.add(written.agentVersionId());
    assertThat(added)
        .map(row -> row.split("\\|", -1)[1])
        .containsExactlyInAnyOrderElementsOf(reported);
  }

  @Test
  void the_backup_is_the_database_from_before() throws SQLException, IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    List<String> before = rows(file);
    Written written = writer().promote(promotion("Be kind."));
    assertThat(written.backup()).isEqualTo(folder.resolve("camp.db.backup-20260301-123045"));
    assertThat(rows(written.backup())).isEqualTo(before);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(written.backup())))
        .isEqualTo("rw-r-----");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void two_writings_in_one_second_have_two_backups() {
    Written first = writer().promote(promotion("Be kind."));
    Written second = writer().rollback(rollback(first.agentVersionId()));
    assertThat(second.backup()).isNotEqualTo(first.backup()).exists();
    assertThat(first.backup()).exists();
  }

  @Test
  void the_event_is_as_the_app_writes_it() throws IOException {
    Written written = writer().promote(promotion("Be kind."));
    try (CampDatabase database = CampDatabase.open(file, CampDatabase.Options.DEFAULT)) {
      TrainingEvent event = database.corpus().events().reduce((a, b) -> b).orElseThrow();
      assertThat(database.corpus().skipped()).isEmpty();
      assertThat(event.id()).isEqualTo(written.eventIds().get(0));
      assertThat(event.type()).isEqualTo("agent.evolved");
      assertThat(event.sessionId()).isEqualTo(session);
      assertThat(event.lineageId()).isEqualTo(lineage);
      assertThat(event.agentId()).isEqualTo(written.agentVersionId());
      assertThat(event.tags())
          .containsExactly("lifecycle:evolved", "category:agent", "changed:prompt");
      assertThat(event.payloadHash()).isEqualTo(PayloadHash.of(event.payload()));
      JsonNode payload = Json.mapper().readTree(event.payload());
      assertThat(payload.fieldNames())
          .toIterable()
          .containsExactly(
              "fromAgentId",
              "fromVersion",
              "toAgentId",
              "toVersion",
              "changes",
              "hypothesis",
              "changedComponents",
              "changeCount",
              "lightningBridge");
      assertThat(payload.at("/changes/0/before").textValue()).isEqualTo("Be brief.");
      assertThat(payload.at("/changes/0/after").textValue()).isEqualTo("Be kind.");
      assertThat(payload.at("/lightningBridge/runId").textValue()).isEqualTo("run-1");
    }
  }

  @Test
  void the_evolution_record_lets_the_app_evolve_the_lineage_again() throws Exception {
    Written written = writer().promote(promotion("Be kind."));
    JsonNode changes = json("changes", written.evolutionRecordId());
    assertThat(json("plan", written.evolutionRecordId()).get("changes")).isEqualTo(changes);
    assertThat(json("score_analysis", written.evolutionRecordId()).get("score").intValue())
        .isEqualTo(3);
    assertThat(json("credit_assignment", written.evolutionRecordId())).isEmpty();
    // What the app does with each change at the next evolution; a CHECK forbids most names.
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var insert =
            connection.prepareStatement(
                "INSERT INTO learning_insights (id, session_id, pattern, pattern_type, created_at,"
                    + " updated_at) VALUES ('x', 's', 'p', ? || '_change', 1, 1)")) {
      insert.setString(1, changes.at("/0/component").textValue());
      assertThat(insert.executeUpdate()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"answer\": 1}",
        "{x.__class__} {{y}} ${z} %s",
        "😀 Größe – 日本語 🏳️‍🌈",
        "a lone \uD83D and \uDE00 too",
        "</script><b onclick=x>&amp;",
        "tab\t, line\r\nline\u200b \u00ad \\ / \" '",
        " leading and trailing ",
        "\uFFFD"
      })
  void any_prompt_goes_in_and_comes_out_unharmed(String prompt) {
    Written written = writer().promote(promotion(prompt));
    assertThat(currentAgent(file).systemPrompt()).isEqualTo(prompt);
    try (CampDatabase database = CampDatabase.open(file, CampDatabase.Options.DEFAULT)) {
      assertThat(database.corpus().events()).isNotEmpty();
      assertThat(database.corpus().skipped()).isEmpty();
    }
    writer().rollback(rollback(written.agentVersionId()));
    assertThat(currentAgent(file).systemPrompt()).isEqualTo("Be brief.");
  }

  @Test
  void a_rollback_makes_the_baseline_the_current_agent_once_more() throws SQLException {
    Written promoted = writer().promote(promotion("Be kind."));
    List<String> before = rows(file);
    Written written = writer().rollback(rollback(promoted.agentVersionId()));
    assertThat(written.version()).isEqualTo(3);
    assertThat(currentAgent(file).systemPrompt()).isEqualTo("Be brief.");
    assertThat(currentAgent(file).parametersJson())
        .isEqualTo(versions(file).get(0).parametersJson());
    assertThat(rows(file)).containsAll(before).hasSize(before.size() + 6);
    assertThat(writer().rollbackOf("run-1")).contains(written.with(null, null));
  }

  @Test
  void a_run_is_written_once() {
    Written written = writer().promote(promotion("Be kind."));
    refused(CampError.ALREADY_WRITTEN, () -> writer().promote(promotion("Be kind.")));
    assertThat(writer().promotionOf("run-1")).contains(written.with(null, null));
    assertThat(writer().promotionOf("run-2")).isEmpty();
    assertThat(writer().rollbackOf("run-1")).isEmpty();
    writer().rollback(rollback(written.agentVersionId()));
    refused(CampError.ALREADY_WRITTEN, () -> writer().rollback(rollback(written.agentVersionId())));
  }

  @Test
  void an_agent_that_moved_on_is_left_alone() {
    try (CampFixture camp = reopened()) {
      camp.sql(
          "INSERT INTO agent_definitions SELECT 'newer', lineage_id, 2, name, description,"
              + " system_prompt, tools, flow, memory_config, parameters, created_at, updated_at"
              + " FROM agent_definitions");
    }
    refused(CampError.AGENT_MOVED_ON, () -> writer().promote(promotion("Be kind.")));
  }

  @Test
  void a_prompt_that_was_changed_in_place_is_left_alone() {
    try (CampFixture camp = reopened()) {
      camp.sql("UPDATE agent_definitions SET system_prompt = 'Be long.'");
    }
    refused(CampError.AGENT_MOVED_ON, () -> writer().promote(promotion("Be kind.")));
  }

  @Test
  void a_rollback_is_refused_when_the_agent_moved_on_after_the_promotion() {
    Written promoted = writer().promote(promotion("Be kind."));
    try (CampFixture camp = reopened()) {
      camp.sql(
          "INSERT INTO agent_definitions SELECT 'newer', lineage_id, 3, name, description,"
              + " system_prompt, tools, flow, memory_config, parameters, created_at, updated_at"
              + " FROM agent_definitions WHERE version = 2");
    }
    refused(CampError.AGENT_MOVED_ON, () -> writer().rollback(rollback(promoted.agentVersionId())));
  }

  @Test
  void a_locked_lineage_is_left_alone_unless_asked_for() {
    try (CampFixture camp = reopened()) {
      camp.sql("UPDATE lineages SET is_locked = 1");
    }
    refused(CampError.LINEAGE_LOCKED, () -> writer().promote(promotion("Be kind.")));
    PromotionRequest p = promotion("Be kind.");
    writer()
        .promote(
            new PromotionRequest(
                p.runId(),
                session,
                lineage,
                baseline,
                "Be brief.",
                p.prompt(),
                null,
                p.hypothesis(),
                p.reason(),
                true,
                null));
    assertThat(currentAgent(file).systemPrompt()).isEqualTo("Be kind.");
  }

  @Test
  void another_database_under_the_name_is_left_alone() throws IOException {
    Files.delete(file);
    try (CampFixture other = CampFixture.create(file, 9)) {
      other.session("Another", "Something else", null);
    }
    refused(CampError.LINEAGE_UNKNOWN, () -> writer().promote(promotion("Be kind.")));
  }

  @Test
  void a_lineage_of_a_deleted_session_is_left_alone() {
    try (CampFixture camp = reopened()) {
      camp.deleteSession(session);
    }
    refused(CampError.LINEAGE_UNKNOWN, () -> writer().promote(promotion("Be kind.")));
  }

  @Test
  void a_database_that_another_program_is_writing_is_left_alone() throws SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      other.createStatement().execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> writer().promote(promotion("Be kind.")))
          .isInstanceOfSatisfying(
              BridgeException.class, e -> assertThat(e.code()).isEqualTo(CampError.IN_USE));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 7, 8, 10})
  void databases_of_other_versions_are_written_too(int version) throws IOException {
    Files.delete(file);
    make(version);
    Written written = writer().promote(promotion("Be kind."));
    assertThat(currentAgent(file).systemPrompt()).isEqualTo("Be kind.");
    writer().rollback(rollback(written.agentVersionId()));
    assertThat(currentAgent(file).systemPrompt()).isEqualTo("Be brief.");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void databases_without_training_events_are_refused(int version) throws IOException {
    Files.delete(file);
    make(version);
    refused(CampError.TOO_OLD_TO_WRITE, () -> writer().promote(promotion("Be kind.")));
  }

  @Test
  void of_a_dump_a_new_one_is_written_and_the_old_one_stays() throws IOException {
    Path dump = folder.resolve("store.txt");
    Base64Dump.encode(file, dump);
    byte[] before = Files.readAllBytes(dump);
    Written written =
        AgentVersionWriter.open(dump, CLOCK, UUID::randomUUID).promote(promotion("Be kind."));
    assertThat(dump).hasBinaryContent(before);
    assertThat(written.backup()).isNull();
    assertThat(written.dump()).isEqualTo(folder.resolve("store.txt.new-20260301-123045"));
    assertThat(currentAgent(dump).systemPrompt()).isEqualTo("Be brief.");
    assertThat(currentAgent(written.dump()).systemPrompt()).isEqualTo("Be kind.");
    refused(
        CampError.DUMP_EXISTS,
        () ->
            AgentVersionWriter.open(dump, CLOCK, UUID::randomUUID).promote(promotion("Be kind.")));
  }

  @Test
  void a_database_in_wal_mode_has_everything_in_its_main_file_afterwards() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      connection.createStatement().execute("PRAGMA journal_mode = WAL");
    }
    writer().promote(promotion("Be kind."));
    Path alone = folder.resolve("alone.db");
    Files.copy(file, alone);
    assertThat(currentAgent(alone).systemPrompt()).isEqualTo("Be kind.");
  }

  @Test
  void where_the_payloads_hash_is_taken_by_another_the_payload_is_varied() throws Exception {
    UUID id = UUID.fromString("00000000-0000-4000-8000-00000000beef");
    Written first = AgentVersionWriter.open(file, CLOCK, ids(id)).promote(promotion("Be kind."));
    Files.copy(first.backup(), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    try (CampFixture camp = reopened()) {
      camp.sql(
          "INSERT INTO payload_blobs VALUES (?, '{\"other\":true}', 1)", first.blobHashes().get(0));
    }
    Written second = AgentVersionWriter.open(file, CLOCK, ids(id)).promote(promotion("Be kind."));
    assertThat(second.blobHashes()).doesNotContainAnyElementsOf(first.blobHashes());
    try (CampDatabase database = CampDatabase.open(file, CampDatabase.Options.DEFAULT)) {
      assertThat(database.corpus().events()).isNotEmpty();
      assertThat(database.corpus().skipped()).isEmpty();
    }
  }

  private static java.util.function.Supplier<UUID> ids(UUID first) {
    long[] next = {first.getLeastSignificantBits()};
    return () -> new UUID(first.getMostSignificantBits(), next[0]++);
  }

  private CampFixture reopened() {
    return CampFixture.reopen(file);
  }

  private void refused(CampError code, Runnable writing) {
    try {
      List<String> before = rows(file);
      assertThatThrownBy(writing::run)
          .isInstanceOfSatisfying(BridgeException.class, e -> assertThat(e.code()).isEqualTo(code));
      assertThat(rows(file)).isEqualTo(before);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private AgentVersionWriter writer() {
    return AgentVersionWriter.open(file, CLOCK, UUID::randomUUID);
  }

  private PromotionRequest promotion(String prompt) {
    return new PromotionRequest(
        "run-1",
        session,
        lineage,
        baseline,
        "Be brief.",
        prompt,
        null,
        "It helps",
        "p = 0.01",
        false,
        null);
  }

  private RollbackRequest rollback(String promoted) {
    return new RollbackRequest(
        "run-1", session, lineage, promoted, baseline, "people liked the old one", false, null);
  }

  private AgentVersion currentAgent(Path database) {
    List<AgentVersion> versions = versions(database);
    return versions.get(versions.size() - 1);
  }

  private List<AgentVersion> versions(Path database) {
    try (CampDatabase open = CampDatabase.open(database, CampDatabase.Options.DEFAULT)) {
      return open.corpus().agentVersions(lineage);
    }
  }

  private JsonNode json(String column, String record) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var query =
            connection.prepareStatement(
                "SELECT " + column + " FROM evolution_records WHERE id = ?")) {
      query.setString(1, record);
      try (ResultSet found = query.executeQuery()) {
        found.next();
        return Json.mapper().readTree(found.getString(1));
      }
    }
  }

  /** Every row of every table as a text: the table, the id, then all columns. */
  private static List<String> rows(Path database) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
      List<String> tables = new ArrayList<>();
      try (ResultSet found =
          connection
              .createStatement()
              .executeQuery("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")) {
        while (found.next()) {
          tables.add(found.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet found =
            connection
                .createStatement()
                .executeQuery("SELECT * FROM " + table + " ORDER BY rowid")) {
          while (found.next()) {
            StringBuilder row = new StringBuilder(table);
            for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
              row.append('|').append(found.getString(i));
            }
            rows.add(row.toString());
          }
        }
      }
    }
    return rows;
  }
}
