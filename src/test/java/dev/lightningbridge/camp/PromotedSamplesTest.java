package dev.lightningbridge.camp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.camp.files.Base64Dump;
import dev.lightningbridge.camp.files.FileCheck;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.Lineage;
import dev.lightningbridge.corpus.PromotionRequest;
import dev.lightningbridge.corpus.RollbackRequest;
import dev.lightningbridge.corpus.Written;
import dev.lightningbridge.needs.Need;
import dev.lightningbridge.needs.Needs;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The app's own databases after a promotion and a rollback, looked at with the app's own queries
 * and rules instead of this room's reader.
 */
@Needs(Need.APP_SAMPLES)
class PromotedSamplesTest {
  private static final String PROMPT = "Answer {\"answer\": 1} {x.__class__} </script> 😀 \uD83D.";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "small.db",
        "small.localstorage.b64.txt",
        "v8.db",
        "v9-from-v4-continued.db",
        "hash-collision.db",
        "corrupt-invalid-json.db"
      })
  void the_app_accepts_them_and_takes_the_new_version_as_its_current_agent(String name)
      throws Exception {
    Path file = Files.copy(Samples.file(name), folder.resolve(name));
    Lineage lineage;
    AgentVersion baseline;
    try (CampDatabase database = CampDatabase.open(file, CampDatabase.Options.DEFAULT)) {
      lineage = database.corpus().lineages().get(0);
      baseline = database.corpus().currentAgent(lineage.id()).orElseThrow();
    }
    Written promoted =
        AgentVersionWriter.open(file, Clock.systemUTC(), UUID::randomUUID)
            .promote(
                new PromotionRequest(
                    "run",
                    lineage.sessionId(),
                    lineage.id(),
                    baseline.id(),
                    baseline.systemPrompt(),
                    PROMPT,
                    null,
                    "hypothesis",
                    "reason",
                    true,
                    null));
    assertThatTheAppAccepts(promoted.dump() == null ? file : promoted.dump(), lineage, promoted);
    Path next = promoted.dump() == null ? file : promoted.dump();
    Written back =
        AgentVersionWriter.open(next, Clock.systemUTC(), UUID::randomUUID)
            .rollback(
                new RollbackRequest(
                    "run",
                    lineage.sessionId(),
                    lineage.id(),
                    promoted.agentVersionId(),
                    baseline.id(),
                    "reason",
                    true,
                    null));
    assertThatTheAppAccepts(back.dump() == null ? next : back.dump(), lineage, back);
  }

  private void assertThatTheAppAccepts(Path file, Lineage lineage, Written written)
      throws Exception {
    Path sqlite = file;
    if (!FileCheck.isSqlite(file)) {
      sqlite = Files.createTempFile(folder, "decoded", ".db");
      Base64Dump.decode(file, sqlite);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + sqlite);
        Statement statement = connection.createStatement()) {
      assertThat(column(statement, "PRAGMA integrity_check")).containsExactly("ok");
      assertThat(
              column(
                  statement,
                  "SELECT id FROM agent_definitions WHERE lineage_id = '%s' ORDER BY version DESC LIMIT 1"
                      .formatted(lineage.id())))
          .containsExactly(written.agentVersionId());
      assertThat(
              column(
                  statement,
                  "SELECT id FROM evolution_records WHERE lineage_id = '%s' ORDER BY created_at DESC LIMIT 1"
                      .formatted(lineage.id())))
          .containsExactly(written.evolutionRecordId());
      String payload =
          column(
                  statement,
                  "SELECT b.content FROM training_events e JOIN payload_blobs b ON b.hash ="
                      + " e.payload_hash WHERE e.id = '%s'".formatted(written.eventIds().get(0)))
              .get(0);
      assertThat(djb2(payload)).isEqualTo(written.blobHashes().get(0));
      for (String json : jsonColumns(statement, written)) {
        JsonNode value = Json.mapper().readTree(json);
        assertThat(JavaScriptJson.stringify(Json.mapper().convertValue(value, Object.class)))
            .as("compact and in order")
            .isEqualTo(json);
      }
    }
  }

  private static List<String> jsonColumns(Statement statement, Written written)
      throws SQLException {
    List<String> columns = new ArrayList<>();
    for (String c :
        List.of("trigger_directives", "score_analysis", "credit_assignment", "plan", "changes")) {
      columns.addAll(
          column(
              statement,
              "SELECT %s FROM evolution_records WHERE id = '%s'"
                  .formatted(c, written.evolutionRecordId())));
    }
    columns.addAll(
        column(
            statement,
            "SELECT tags FROM training_events WHERE id = '%s'"
                .formatted(written.eventIds().get(0))));
    for (String id : written.auditIds()) {
      columns.addAll(column(statement, "SELECT data FROM audit_log WHERE id = '%s'".formatted(id)));
    }
    return columns;
  }

  /** The recorder's computeHashSync, once more and on its own. */
  private static String djb2(String content) {
    long hash = 5381;
    for (char c : content.toCharArray()) {
      hash = ((hash * 33) ^ c) & 0xFFFFFFFFL;
    }
    return "djb2-%x-%08x".formatted(content.length(), hash);
  }

  private static List<String> column(Statement statement, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        values.add(found.getString(1));
      }
    }
    return values;
  }
}
