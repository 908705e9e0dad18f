package dev.lightningbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.common.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path camp;
  private String session;

  @BeforeEach
  void aDatabaseWithOneInput() {
    camp = folder.resolve("camp.db");
    try (CampFixture fixture = CampFixture.create(camp, 9)) {
      session = fixture.session("Tickets", "Sort tickets", "Ticket 1");
      String lineage = fixture.lineage(session, "A");
      String agent = fixture.agent(lineage, "Be brief.");
      fixture.score(fixture.run(agent, 1, "Ticket 1", "No.").artifactId(), 3, null);
    }
  }

  @Test
  void a_missing_or_unknown_command_is_wrong_use() {
    assertThat(bridge()).isEqualTo(2);
    assertThat(bridge("fly")).isEqualTo(2);
    assertThat(errors()).contains("LB-9001");
  }

  @Test
  void help_lists_every_command_and_each_is_called_by_its_name() {
    assertThat(bridge("--help")).isZero();
    String all = out.toString(StandardCharsets.UTF_8);
    for (String name : Commands.NAMES) {
      assertThat(all).containsPattern("(?m)^  " + name + " ");
      out.reset();
      assertThat(bridge(name, "--help")).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: bridge " + name + " ");
    }
  }

  @Test
  void an_option_that_a_command_does_not_know_is_wrong_use_of_that_command() {
    assertThat(bridge("inspect", "--fly")).isEqualTo(2);
    assertThat(errors()).contains("`bridge inspect --help` shows what it takes.");
  }

  @Test
  void the_version_is_that_of_the_pom() throws IOException {
    assertThat(bridge("--version")).isZero();
    String version = out.toString(StandardCharsets.UTF_8).strip().replace("Lightning Bridge ", "");
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains(
            "<artifactId>lightning-bridge</artifactId>\n  <version>" + version + "</version>");
  }

  @Test
  void a_missing_database_is_bad_input_and_the_error_is_the_one_json_document() throws IOException {
    assertThat(bridge("inspect", "--db", "nothing.db", "--json")).isEqualTo(3);
    assertThat(document().at("/error/code").asText()).isEqualTo("LB-1001");
    assertThat(document().at("/error/remedy").asText()).isNotEmpty();
  }

  @Test
  void inspect_says_why_a_lineage_cannot_be_optimised() throws IOException {
    assertThat(bridge("inspect", "--db", camp.toString(), "--json")).isZero();
    JsonNode lineage = document().at("/sessions/0/lineages/0");
    assertThat(lineage.path("optimisable").asBoolean()).isFalse();
    assertThat(lineage.at("/reasons/0").asText()).contains("15 more distinct inputs");
  }

  @Test
  void export_names_its_files_as_paths() throws IOException {
    Path target = folder.resolve("out");
    assertThat(
            bridge(
                "export",
                "--db",
                camp.toString(),
                "--format",
                "tasks",
                "--out",
                target.toString(),
                "--json"))
        .isZero();
    assertThat(document().at("/files/0/path").asText())
        .isEqualTo(target.resolve("tasks.jsonl").toString());
    assertThat(Files.readAllLines(target.resolve("tasks.jsonl"))).hasSize(1);
  }

  @Test
  void an_unknown_export_format_or_a_score_out_of_range_is_refused() {
    assertThat(bridge("export", "--db", camp.toString(), "--format", "pdf", "--out", "x"))
        .isEqualTo(2);
    assertThat(
            bridge(
                "export",
                "--db",
                camp.toString(),
                "--format",
                "tasks",
                "--out",
                "x",
                "--min-score",
                "11"))
        .isEqualTo(2);
    assertThat(errors()).contains("1 to 10");
  }

  @Test
  void a_least_effect_that_no_reward_can_reach_is_refused() {
    assertThat(
            bridge(
                "optimize",
                "--db",
                camp.toString(),
                "--session",
                session,
                "--sandbox",
                "--least-effect",
                "2"))
        .isEqualTo(2);
    assertThat(errors()).contains("--least-effect").contains("0 to 1");
  }

  @Test
  void optimize_asks_which_model_to_use_and_guesses_none() {
    assertThat(bridge("optimize", "--db", camp.toString(), "--session", session)).isEqualTo(2);
    assertThat(errors()).contains("--sandbox").contains("--base-url");
  }

  @Test
  void optimize_takes_a_session_or_a_lineage_and_not_neither() {
    assertThat(bridge("optimize", "--db", camp.toString(), "--sandbox")).isEqualTo(2);
  }

  @Test
  void the_runs_of_an_empty_home_are_an_empty_list() throws IOException {
    assertThat(bridge("runs", "--home", folder.resolve("home").toString(), "--json")).isZero();
    assertThat(document().isArray()).isTrue();
    assertThat(document()).isEmpty();
  }

  @Test
  void an_unknown_proposal_promotion_or_run_is_bad_input() {
    String home = folder.resolve("home").toString();
    assertThat(bridge("promote", "nothing", "--home", home)).isEqualTo(3);
    assertThat(bridge("rollback", "nothing", "--home", home)).isEqualTo(3);
    assertThat(bridge("runs", "show", "nothing", "--home", home)).isEqualTo(3);
  }

  @Test
  void what_people_said_reaches_the_critics_unless_that_is_not_wanted() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 24; i++) {
      lines.append("{\"input\": \"input %d\", \"expected\": \"x\"}\n".formatted(i));
    }
    Path tasks = Files.writeString(folder.resolve("tasks.jsonl"), lines);
    try (CampFixture fixture = CampFixture.reopen(camp)) {
      fixture.sql("UPDATE lineages SET directive_oneshot = '[\"Say who does what\"]'");
    }

    assertThat(optimizeBriefly(tasks)).isZero();
    assertThat(errors()).contains("Notes by people that critics read: 1");
    err.reset();
    assertThat(optimizeBriefly(tasks, "--no-human-notes")).isZero();
    assertThat(errors()).doesNotContain("Notes by people");
  }

  @Test
  void a_bad_line_of_the_tasks_is_shown_with_its_number_and_reason() throws IOException {
    Path tasks =
        Files.writeString(
            folder.resolve("tasks.jsonl"),
            "{\"input\": \"one\", \"expected\": \"x\"}\n{\"id\": \"no input\"}\n");
    assertThat(optimizeBriefly(tasks)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("LB-2005  line 2  \"input\" is no text with content");
  }

  private int optimizeBriefly(Path tasks, String... more) {
    List<String> words = new ArrayList<>(List.of("optimize", "--db", camp.toString()));
    words.addAll(List.of("--session", session, "--tasks", tasks.toString(), "--sandbox"));
    words.addAll(List.of("--engine", "java", "--strategy", "apo", "--rounds", "1"));
    words.addAll(List.of("--home", folder.resolve("home").toString()));
    words.addAll(List.of(more));
    return bridge(words.toArray(String[]::new));
  }

  @Test
  void every_command_has_help() {
    for (String command :
        new String[] {
          "demo",
          "doctor",
          "sandbox",
          "inspect",
          "export",
          "judge",
          "optimize",
          "tasks",
          "runs",
          "models",
          "promote",
          "rollback",
          "serve"
        }) {
      assertThat(bridge(command, "--help")).as(command).isZero();
    }
  }

  @Test
  void the_help_lists_options_by_what_they_are_about() {
    bridge("optimize", "--help");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsSubsequence(
            "--auto-promote",
            "The model, and what may be spent on it:",
            "--base-url",
            "Tasks, grader and search:",
            "--rounds",
            "Training, instead of a search for a prompt:",
            "--base-model")
        .containsOnlyOnce("      --rounds=N")
        .containsOnlyOnce("      --session=SESSION");
  }

  private int bridge(String... args) {
    out.reset();
    return Bridge.run(
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)),
        new Interrupts(),
        args);
  }

  private JsonNode document() throws IOException {
    return Json.mapper().readTree(out.toString(StandardCharsets.UTF_8));
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
