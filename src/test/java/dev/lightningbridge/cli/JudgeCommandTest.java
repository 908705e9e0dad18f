package dev.lightningbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.demo.SampleDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command from end to end, on the sample database and the sandbox. */
class JudgeCommandTest {
  @TempDir static Path folder;
  private static Path camp;
  private static String session;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Interrupts interrupts = new Interrupts();

  @BeforeAll
  static void aDatabaseWithManyScores() {
    camp = folder.resolve("camp.db");
    session = SampleDatabase.create(camp, 7).sessions().get(0).id();
  }

  @ParameterizedTest
  @CsvSource({
    "careful, true",
    "noisy, true",
    "coin-flip, false",
    "length-loving, false",
    "talkable, false"
  })
  void good_judges_pass_and_bad_ones_are_caught(String habit, boolean trusted) throws IOException {
    Path page = folder.resolve(habit + ".html");

    assertThat(
            judge("--sandbox-judge", habit, "--outputs", "100", "--out", page.toString(), "--json"))
        .isZero();

    JsonNode document = Json.mapper().readTree(output());
    assertThat(document.path("trusted").asBoolean()).isEqualTo(trusted);
    assertThat(document.path("sandbox").asBoolean()).isTrue();
    assertThat(document.path("model").asText()).isEqualTo("sandbox-judge (" + habit + ", seed 7)");
    assertThat(document.at("/report/n").asInt()).isEqualTo(94);
    assertThat(document.at("/report/judge/kappa/interval/low").asDouble() >= 0.4)
        .as("pleas move a judge that agrees with people too")
        .isEqualTo(trusted || habit.equals("talkable"));
    assertThat(document.at("/report/alwaysTheMean/kappa/value").asDouble()).isZero();
    assertThat(document.at("/report/worst").size()).isLessThanOrEqualTo(10);
    int ofALock = 1;
    assertThat(document.at("/report/choices/locks").asInt()).isPositive();
    assertThat(document.path("calls").asInt())
        .isLessThanOrEqualTo(94 + ofALock + 30 + 30)
        .isGreaterThan(94);
    assertThat(page).content().contains(trusted ? ">Trusted<" : ">Not trusted<");
    assertThat(errors()).contains("Comparing the judge with people: 155 judgements");
  }

  @Test
  void people_read_a_table_beside_the_baselines_and_that_the_judge_was_simulated() {
    assertThat(judge("--outputs", "60", "--sandbox-judge", "length-loving")).isZero();

    assertThat(output())
        .startsWith("NOT TRUSTED: It agrees too little with people")
        .contains("Sandbox: the judge was simulated")
        .contains("always the mean", "length of the text", "weighted kappa", "Judged twice")
        .containsPattern("judge +54 +−0\\.\\d\\d \\(−0\\.\\d\\d to")
        .contains("54 tested of 201; 6 others shown to the judge")
        .contains("30 outputs that people scored low, judged again with a sentence that asks for");
    Path page = Path.of(output().lines().reduce((a, b) -> b).orElseThrow().split("\\s+", 2)[1]);
    assertThat(page).exists().hasParent(folder.resolve("home/reports"));
  }

  @Test
  void a_budget_that_ends_early_leaves_a_report_of_what_was_judged_and_keeps_it_for_no_run()
      throws IOException {
    assertThat(judge("--max-calls", "25", "--json")).isZero();

    JsonNode document = Json.mapper().readTree(output());
    assertThat(document.at("/report/complete").asBoolean()).isFalse();
    assertThat(document.at("/report/n").asInt()).isEqualTo(25);
    assertThat(document.path("calls").asInt()).isEqualTo(25);
    assertThat(document.path("calibrationId").isNull()).isTrue();
    assertThat(judge("--max-calls", "0")).isEqualTo(4);
    assertThat(errors()).contains("LB-4007");
  }

  @Test
  void cancelled_it_ends_in_order_and_leaves_no_page() {
    Path page = folder.resolve("never.html");
    interrupts.cancellation().request();

    assertThat(judge("--out", page.toString())).isEqualTo(5);
    assertThat(Files.exists(page)).isFalse();
  }

  @Test
  void it_says_what_is_missing() {
    assertThat(run("judge", "--db", camp.toString(), "--session", session)).isEqualTo(2);
    assertThat(errors()).contains("LB-7101", "--sandbox", "--base-url");
    assertThat(run("judge", "--db", camp.toString(), "--session", "nowhere", "--sandbox"))
        .isEqualTo(3);
    assertThat(errors()).contains("LB-7102");
    assertThat(judge("--outputs", "0")).isEqualTo(2);
    assertThat(judge("--sandbox-judge", "kind")).isEqualTo(2);
  }

  @Test
  void too_few_scores_are_an_error_before_any_call() {
    Path few = folder.resolve("few.db");
    String scoreless;
    String scored;
    try (CampFixture fixture = CampFixture.create(few, 9)) {
      scoreless = fixture.session("Nobody scored", "Sort tickets", null);
      fixture.run(fixture.agent(fixture.lineage(scoreless, "A"), "Sort."), 1, "in", "out");
      scored = fixture.session("Few scores", "Sort tickets", null);
      String agent = fixture.agent(fixture.lineage(scored, "A"), "Sort.");
      for (int cycle = 1; cycle <= 12; cycle++) {
        fixture.score(
            fixture.run(agent, cycle, "in " + cycle, "out").artifactId(), 1 + cycle % 9, null);
      }
    }

    assertThat(run("judge", "--db", few.toString(), "--session", scoreless, "--sandbox"))
        .isEqualTo(3);
    assertThat(errors()).contains("LB-4005", "no output that a person scored");
    assertThat(run("judge", "--db", few.toString(), "--session", scored, "--sandbox")).isEqualTo(3);
    assertThat(errors()).contains("there are 12 outputs that people scored");
    assertThat(errors()).doesNotContain("judgements");

    assertThat(judge("--outputs", "10")).isEqualTo(3);
    assertThat(errors()).contains("LB-4005", "only 10 may be used", "Raise --outputs");
  }

  private int judge(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("judge", "--db", camp.toString(), "--session", session, "--sandbox"));
    args.addAll(List.of("--sandbox-seed", "7"));
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  private int run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--home", folder.resolve("home").toString()));
    out.reset();
    return Bridge.run(
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)),
        interrupts,
        all.toArray(String[]::new));
  }

  private String output() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
