package dev.lightningbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.store.EarlierHome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line on a home folder that an earlier release has made. */
class EarlierHomeTest {
  private static final String CALLS_DONE =
      "SELECT request_hash || '/' || ordinal, done_at FROM calls"
          + " WHERE state = 'done' AND run_id = '"
          + EarlierHome.KILLED
          + "'";

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private EarlierHome home;

  @BeforeEach
  void unpack() throws IOException {
    home = EarlierHome.in(folder.toRealPath());
  }

  @Test
  void its_runs_are_listed_with_their_states_and_proposals() throws IOException {
    JsonNode runs = json("runs", "list");
    assertThat(runs).hasSize(5);
    Map<String, String> states = new TreeMap<>();
    runs.forEach(run -> states.put(run.path("runId").asText(), run.path("state").asText()));
    assertThat(states)
        .containsEntry(EarlierHome.TRAINED, "waiting_for_approval")
        .containsEntry(EarlierHome.PROMOTED, "promoted")
        .containsEntry(EarlierHome.HELD, "held")
        .containsEntry(EarlierHome.WAITING, "waiting_for_approval")
        .containsEntry(EarlierHome.KILLED, "interrupted");
    assertThat(bridge("runs", "list")).isZero();
    assertThat(text().lines()).hasSize(5).anyMatch(line -> line.contains("(waiting)"));
  }

  @Test
  void a_run_of_each_kind_is_shown_with_its_result_and_events() throws IOException {
    for (String id :
        List.of(EarlierHome.TRAINED, EarlierHome.PROMOTED, EarlierHome.HELD, EarlierHome.WAITING)) {
      JsonNode run = json("runs", "show", id);
      assertThat(run.at("/result/runId").asText()).isEqualTo(id);
      assertThat(run.at("/result/tasks/test").asInt()).isEqualTo(16);
      assertThat(run.path("events")).isNotEmpty();
      assertThat(bridge("runs", "show", id)).isZero();
    }
    assertThat(json("runs", "show", EarlierHome.TRAINED).at("/result/engine").asText())
        .isEqualTo("trainer");
    assertThat(json("runs", "show", EarlierHome.HELD).at("/result/verdict").asText())
        .isEqualTo("HOLD");
    assertThat(json("models").path("models")).hasSize(1);
  }

  @Test
  void the_run_that_was_killed_goes_on_and_repeats_no_finished_call() throws Exception {
    Map<String, Long> before = finishedCalls();
    assertThat(before).hasSize(EarlierHome.CALLS_BEFORE);

    JsonNode result = json("runs", "resume", EarlierHome.KILLED);

    assertThat(result.path("verdict").asText()).isEqualTo("PROMOTE");
    // The engine searches otherwise than the one that was killed, so its winner may be another.
    assertThat(result.at("/test/winnerMean").asDouble())
        .isGreaterThan(result.at("/test/baselineMean").asDouble());
    assertThat(finishedCalls()).containsAllEntriesOf(before).hasSizeGreaterThan(before.size());
    assertThat(json("runs", "show", EarlierHome.KILLED).path("state").asText())
        .isEqualTo("waiting_for_approval");
  }

  @Test
  void a_proposal_that_waits_in_it_is_promoted_and_a_promotion_of_it_undone() throws IOException {
    String proposal = json("runs", "show", EarlierHome.WAITING).path("proposalId").asText();
    assertThat(json("promote", proposal).path("state").asText()).isEqualTo("written");
    String promotion = json("runs", "show", EarlierHome.PROMOTED).path("promotionId").asText();
    assertThat(json("rollback", promotion).path("state").asText()).isEqualTo("rolled_back");
  }

  private Map<String, Long> finishedCalls() throws SQLException {
    Map<String, Long> calls = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + home.bridge());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(CALLS_DONE)) {
      while (rows.next()) {
        calls.put(rows.getString(1), rows.getLong(2));
      }
    }
    return calls;
  }

  private JsonNode json(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--json");
    int status = bridge(all.toArray(String[]::new));
    assertThat(status).as(text() + err.toString(StandardCharsets.UTF_8)).isZero();
    return Json.mapper().readTree(text());
  }

  private int bridge(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--home", home.path().toString()));
    out.reset();
    return Bridge.run(
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)),
        new Interrupts(),
        all.toArray(String[]::new));
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
