package dev.lightningbridge.camp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.camp.files.Base64Dump;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.GivenScore;
import dev.lightningbridge.corpus.Score;
import dev.lightningbridge.corpus.ScoreWritten;
import dev.lightningbridge.corpus.TrainingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreWriterTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T12:30:45Z"), ZoneOffset.UTC);
  private static final List<String> TABLES =
      List.of("evaluations", "audit_log", "training_events", "payload_blobs");

  @TempDir Path folder;
  private Path file;
  private CampFixture.Run scored;
  private CampFixture.Run open;

  @BeforeEach
  void makeDatabase() {
    make(9);
  }

  private void make(int version) {
    file = folder.resolve("camp-%d-%s.db".formatted(version, UUID.randomUUID()));
    try (CampFixture camp = CampFixture.create(file, version)) {
      String session = camp.session("Support", "Answer tickets", "Ticket 1");
      String agent = camp.agent(camp.lineage(session, "A"), "Be brief.");
      scored = camp.run(agent, 1, "Ticket 1", "No.");
      camp.score(scored.artifactId(), 3, null);
      open = camp.run(agent, 2, "Ticket 2", "Ja, größer 😀 \u0001.");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 9})
  void a_first_score_is_written_as_the_app_writes_it(int version) throws Exception {
    make(version);
    ScoreWritten written = writer(CLOCK).score(new GivenScore(open.artifactId(), 8, " Good. "));
    assertThat(written.score()).isEqualTo(8);
    assertThat(written.comment()).isEqualTo("Good.");
    Attempt attempt = attempt(open);
    assertThat(attempt.kind()).isEqualTo(AttemptKind.SCORED);
    assertThat(attempt.score()).isEqualTo(new Score(8, "Good.", written.eventId(), CLOCK.millis()));
    TrainingEvent event = event(written.eventId());
    assertThat(event.type()).isEqualTo("artifact.scored");
    assertThat(event.tags())
        .containsExactly("evaluation:scored", "category:evaluation", "score:high");
    JsonNode payload =
        Json.mapper()
            .readTree(
                text(
                    "SELECT content FROM payload_blobs WHERE hash = (SELECT payload_hash FROM training_events WHERE id = ?)",
                    written.eventId()));
    assertThat(payload.path("content").asText()).isEqualTo("Ja, größer 😀 \u0001.");
    assertThat(payload.path("metadata").path("attemptId").asText()).isEqualTo(open.attemptId());
    assertThat(
            text(
                "SELECT data FROM audit_log WHERE event_type = 'evaluation_created' AND created_at = ?",
                CLOCK.millis()))
        .isEqualTo("{\"artifactId\":\"%s\",\"score\":8}".formatted(open.artifactId()));
    try (CampDatabase camp = CampDatabase.open(file, CampDatabase.Options.DEFAULT)) {
      try (Stream<Attempt> all = camp.corpus().attempts()) {
        assertThat(all.count()).isEqualTo(2);
      }
      assertThat(camp.corpus().skipped()).isEmpty();
    }
  }

  @Test
  void a_correction_changes_the_evaluation_in_its_place_and_leaves_both_events() throws Exception {
    long evaluations = count("evaluations");
    long events = count("training_events");
    writer(CLOCK).score(new GivenScore(scored.artifactId(), 9, null));
    assertThat(count("evaluations")).isEqualTo(evaluations);
    assertThat(count("training_events")).isEqualTo(events + 1);
    assertThat(score(scored).value()).isEqualTo(9);
  }

  @Test
  void the_same_score_again_writes_nothing() throws Exception {
    writer(CLOCK).score(new GivenScore(open.artifactId(), 4, "Why?"));
    List<Long> before = counts();
    assertThat(writer(CLOCK).score(new GivenScore(open.artifactId(), 4, null)).eventId()).isNull();
    assertThat(counts()).isEqualTo(before);
    assertThat(score(open).comment()).isEqualTo("Why?");
    writer(CLOCK).score(new GivenScore(open.artifactId(), 4, " "));
    assertThat(score(open).comment()).isNull();
  }

  @Test
  void a_first_score_that_is_taken_back_leaves_nothing_behind() throws Exception {
    List<Long> before = counts();
    writer(CLOCK).score(new GivenScore(open.artifactId(), 8, null));
    assertThat(counts()).isNotEqualTo(before);
    ScoreWritten undone = writer(CLOCK).undo(open.artifactId());
    assertThat(undone.score()).isNull();
    assertThat(counts()).isEqualTo(before);
    assertThat(attempt(open).kind()).isEqualTo(AttemptKind.UNSCORED);
  }

  @Test
  void a_correction_that_is_taken_back_brings_the_score_before_it_again() throws Exception {
    writer(CLOCK).score(new GivenScore(scored.artifactId(), 9, "Better."));
    writer(later(1)).undo(scored.artifactId());
    assertThat(score(scored).value()).isEqualTo(3);
    assertThat(score(scored).comment()).isNull();
    assertThatThrownBy(() -> writer(later(2)).undo(scored.artifactId()))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-1074");
  }

  @Test
  void what_was_scored_in_the_app_is_not_taken_back_here() throws Exception {
    List<Long> before = counts();
    assertThatThrownBy(() -> writer(CLOCK).undo(scored.artifactId()))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-1074");
    writer(CLOCK).score(new GivenScore(open.artifactId(), 8, null));
    try (CampFixture app = CampFixture.reopen(file)) {
      app.sql("UPDATE evaluations SET score = 2 WHERE artifact_id = ?", open.artifactId());
    }
    assertThatThrownBy(() -> writer(CLOCK).undo(open.artifactId()))
        .isInstanceOf(BridgeException.class);
    assertThat(counts()).isNotEqualTo(before);
  }

  @Test
  void there_is_one_backup_a_day_and_it_is_from_before_the_first_score() throws Exception {
    ScoreWritten first = writer(CLOCK).score(new GivenScore(open.artifactId(), 8, null));
    Path backup = first.backup();
    assertThat(backup).isNotNull();
    assertThat(writer(later(60)).score(new GivenScore(scored.artifactId(), 8, null)).backup())
        .isNull();
    assertThat(writer(later(86_400)).score(new GivenScore(scored.artifactId(), 7, null)).backup())
        .isNotNull();
    file = backup;
    assertThat(attempt(open).kind()).isEqualTo(AttemptKind.UNSCORED);
  }

  @Test
  void a_refused_score_leaves_neither_backup_nor_rows() throws Exception {
    List<Long> before = counts();
    assertThatThrownBy(() -> writer(CLOCK).score(new GivenScore("nothing", 8, null)))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-1073");
    assertThat(counts()).isEqualTo(before);
    assertThat(backups()).isEmpty();
  }

  @Test
  void a_database_that_brings_a_trigger_along_is_not_written() throws Exception {
    try (CampFixture camp = CampFixture.reopen(file)) {
      camp.sql("CREATE TRIGGER t AFTER INSERT ON evaluations BEGIN DELETE FROM artifacts; END");
    }
    assertThatThrownBy(() -> writer(CLOCK).score(new GivenScore(open.artifactId(), 8, null)))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-1060");
    assertThat(count("artifacts")).isEqualTo(2);
    assertThat(backups()).isEmpty();
  }

  @Test
  void a_table_that_drops_other_rows_for_a_new_one_is_found_out_and_all_is_undone()
      throws Exception {
    try (CampFixture camp = CampFixture.reopen(file)) {
      camp.sql("CREATE UNIQUE INDEX u ON evaluations (id)");
      camp.sql("ALTER TABLE evaluations RENAME TO e0");
      camp.sql(
          "CREATE TABLE evaluations (id TEXT, artifact_id TEXT, score INTEGER, comment TEXT,"
              + " created_at INTEGER UNIQUE ON CONFLICT REPLACE)");
      camp.sql("INSERT INTO evaluations SELECT * FROM e0");
      camp.sql("UPDATE evaluations SET created_at = ?", CLOCK.millis());
    }
    assertThatThrownBy(() -> writer(CLOCK).score(new GivenScore(open.artifactId(), 8, null)))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-1061");
    assertThat(score(scored).value()).isEqualTo(3);
  }

  @Test
  void the_text_of_the_browsers_store_is_not_written() throws Exception {
    Path dump = folder.resolve("dump.txt");
    Base64Dump.encode(file, dump);
    byte[] before = Files.readAllBytes(dump);
    assertThatThrownBy(
            () ->
                ScoreWriter.open(dump, CLOCK, UUID::randomUUID)
                    .score(new GivenScore(open.artifactId(), 8, null)))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-1070");
    assertThat(Files.readAllBytes(dump)).isEqualTo(before);
  }

  private ScoreWriter writer(Clock clock) {
    return ScoreWriter.open(file, clock, UUID::randomUUID);
  }

  private static Clock later(long seconds) {
    return Clock.offset(CLOCK, Duration.ofSeconds(seconds));
  }

  private Attempt attempt(CampFixture.Run run) {
    try (CampDatabase camp = CampDatabase.open(file, CampDatabase.Options.DEFAULT);
        Stream<Attempt> all = camp.corpus().attempts()) {
      return all.filter(a -> a.id().equals(run.attemptId())).findFirst().orElseThrow();
    }
  }

  private Score score(CampFixture.Run run) {
    Score score = attempt(run).score();
    assertThat(score).isNotNull();
    return score;
  }

  private TrainingEvent event(@Nullable String id) {
    try (CampDatabase camp = CampDatabase.open(file, CampDatabase.Options.DEFAULT);
        Stream<TrainingEvent> all = camp.corpus().events()) {
      return all.filter(e -> e.id().equals(id)).findFirst().orElseThrow();
    }
  }

  private List<Long> counts() throws SQLException {
    List<Long> counts = new ArrayList<>();
    for (String table : TABLES) {
      counts.add(count(table));
    }
    return counts;
  }

  private long count(String table) throws SQLException {
    return Long.parseLong(text("SELECT count(*) FROM " + table));
  }

  private String text(String sql, Object... values) throws SQLException {
    try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
        var query = db.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        query.setObject(i + 1, values[i]);
      }
      try (ResultSet row = query.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getString(1);
      }
    }
  }

  private List<Path> backups() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.getFileName().toString().contains(".backup-")).toList();
    }
  }
}
