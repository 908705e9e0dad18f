package dev.lightningbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.optimize.verdict.Outlook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said before anything is spent. */
class OutlookTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String lineage = "";

  @Test
  void a_lineage_with_few_inputs_and_few_scores_is_told_both_and_the_command_that_comes_next() {
    String camp = camp(3);
    assertThat(bridge("inspect", "--db", camp)).isZero();
    assertThat(text())
        .contains("People have scored 3 outputs, and a judge is tested on 20: score 17 more")
        .contains("13 more distinct inputs are needed")
        .contains(
            "bridge optimize --db "
                + camp
                + " --lineage "
                + lineage
                + " --base-url URL --synthesize 60");
  }

  @Test
  void a_lineage_that_has_all_is_told_that_a_run_can_end_in_promote() {
    String camp = camp(24);
    assertThat(bridge("inspect", "--db", camp)).isZero();
    assertThat(text()).contains("A run can end in PROMOTE: about").doesNotContain("--synthesize");
  }

  @Test
  void a_run_whose_judge_nobody_can_test_says_so_before_its_first_call() {
    String camp = camp(18);
    assertThat(optimize(camp, "--dry-run")).isZero();
    assertThat(errors()).contains("score 2 more first", "--grader people");
    err.reset();
    assertThat(optimize(camp, "--dry-run", "--accept-judge")).isZero();
    assertThat(errors()).doesNotContain("more first");
  }

  @Test
  void a_run_that_people_decide_says_what_they_can_show_and_asks_for_no_scores() {
    assertThat(optimize(camp(40), "--dry-run", "--grader", "people")).isZero();
    assertThat(errors())
        .contains("People decide the sealed test. 16 pairs: the new prompt's output must be chosen")
        .doesNotContain("more first");
  }

  @Test
  void a_run_with_too_few_inputs_says_that_it_ends_before_its_first_call() {
    assertThat(optimize(camp(3), "--dry-run")).isZero();
    assertThat(errors()).contains("ends in HOLD before its first call", "--synthesize 60");
  }

  @Test
  void a_session_whose_inputs_all_have_their_answers_is_told_that_a_rule_grades()
      throws IOException {
    String camp = imported(24);
    out.reset();
    assertThat(bridge("inspect", "--db", camp)).isZero();
    assertThat(text())
        .contains("sealed inputs decide, graded by a rule, since each has its right answer")
        .doesNotContain("by a judge", "score 20 more", "--synthesize");
  }

  @Test
  void one_with_too_few_answers_is_asked_for_more_of_them_not_for_inputs_that_have_none()
      throws IOException {
    String camp = imported(5);
    out.reset();
    assertThat(bridge("inspect", "--db", camp)).isZero();
    assertThat(text())
        .contains("with their right answers (--tasks FILE), and a rule grades")
        .contains("--base-url URL --tasks FILE")
        .doesNotContain("score 20 more", "--synthesize 60");
  }

  @Test
  void sessions_with_the_same_need_are_a_way_out_and_what_they_bring_is_said() {
    String camp = camp(10);
    String other = session(camp, "Returns", "  sort TICKETS", 11, 24);
    assertThat(bridge("inspect", "--db", camp)).isZero();
    String command = "bridge inspect --db " + camp + " --pool same-need";
    assertThat(text())
        .contains("Another session has the same need: --pool same-need takes in its inputs")
        .contains(command);
    out.reset();
    assertThat(bridge("inspect", "--db", camp, "--pool", "same-need")).isZero();
    assertThat(text())
        .contains(
            "Pooled with the session: 14 further inputs and 14 scored outputs of session Returns (%s)."
                .formatted(other))
        .contains("24 distinct inputs; enough", "A run can end in PROMOTE: about")
        .contains("--lineage " + lineage + " --base-url URL --pool same-need");
  }

  @Test
  void a_run_that_lacks_inputs_names_the_pool_and_with_it_lacks_none() {
    String camp = camp(10);
    session(camp, "Returns", "Sort tickets", 11, 24);
    assertThat(optimize(camp, "--dry-run")).isZero();
    assertThat(errors()).contains("ends in HOLD before", "--pool same-need takes in its inputs");
    err.reset();
    assertThat(optimize(camp, "--dry-run", "--pool", "returns")).isZero();
    assertThat(errors())
        .contains("Pooled with the session: 14 further inputs")
        .doesNotContain("ends in HOLD", "more first", "takes in");
  }

  @Test
  void a_judge_is_tested_on_the_scores_of_pooled_sessions_too() {
    String camp = camp(10);
    session(camp, "Returns", "Sort tickets", 11, 36);
    List<String> words =
        new ArrayList<>(List.of("judge", "--db", camp, "--lineage", lineage, "--sandbox"));
    words.addAll(List.of("--dry-run", "--home", folder.resolve("home").toString()));
    assertThat(bridge(words.toArray(String[]::new))).isNotZero();
    assertThat(errors()).contains("there are 10 outputs that people scored");
    words.addAll(List.of("--pool", "same-need"));
    assertThat(bridge(words.toArray(String[]::new))).as(errors()).isZero();
    assertThat(text()).contains("tested of 36");
  }

  private String session(String camp, String name, String need, int from, int to) {
    try (CampFixture fixture = CampFixture.reopen(Path.of(camp))) {
      String session = fixture.session(name, need, "Ticket");
      scored(fixture, fixture.lineage(session, "A"), from, to);
      return session;
    }
  }

  private String imported(int answers) throws IOException {
    Path rows = folder.resolve(answers + ".csv");
    StringBuilder csv = new StringBuilder("input,expected\n");
    for (int i = 1; i <= answers; i++) {
      csv.append("%s,answer%d%n".formatted(input(i), i));
    }
    Files.writeString(rows, csv);
    String camp = folder.resolve(answers + "-answers.db").toString();
    Path prompt = Files.writeString(folder.resolve("prompt.txt"), "Answer in a word.");
    assertThat(bridge("import", rows.toString(), "--db", camp, "--prompt", prompt.toString()))
        .as("%s%s", text(), errors())
        .isZero();
    return camp;
  }

  @Test
  void nothing_is_missing_where_inputs_and_scores_are_enough() {
    assertThat(new Outlook(0, 8, 20, 0).isOpen()).isTrue();
    assertThat(new Outlook(1, 0, 20, 0).isOpen()).isFalse();
    assertThat(new Outlook(0, 8, 19, 1).isOpen()).isFalse();
    assertThat(Outlook.goodEffect().orElseThrow())
        .isLessThan(new Outlook(0, 8, 20, 0).effect().orElseThrow());
  }

  private String camp(int inputs) {
    Path file = folder.resolve(inputs + ".db");
    try (CampFixture fixture = CampFixture.create(file, 9)) {
      String session = fixture.session("Tickets", "Sort tickets", "Ticket");
      lineage = fixture.lineage(session, "A");
      scored(fixture, lineage, 1, inputs);
    }
    return file.toString();
  }

  private static void scored(CampFixture fixture, String lineage, int from, int to) {
    String agent = fixture.agent(lineage, "Be brief.");
    for (int i = from; i <= to; i++) {
      fixture.score(
          fixture.run(agent, i, input(i).repeat(1 + i % 3), "Out " + i).artifactId(),
          1 + i % 9,
          null);
    }
  }

  private static String input(int i) {
    String[] words = "apple river stone cloud horse table green seven".split(" ");
    return "%s %s %s number%d"
        .formatted(words[i % 8], words[(i / 8 + 3) % 8], words[(3 * i + 1) % 8], 1000 * i);
  }

  private int optimize(String camp, String... more) {
    List<String> words = new ArrayList<>(List.of("optimize", "--db", camp));
    words.addAll(List.of("--lineage", lineage, "--sandbox", "--engine", "java"));
    words.addAll(List.of("--home", folder.resolve("home").toString()));
    words.addAll(List.of(more));
    return bridge(words.toArray(String[]::new));
  }

  private int bridge(String... words) {
    return Bridge.run(
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)),
        new Interrupts(),
        words);
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void choices_stand_in_for_scores_where_enough_are_left_beside_the_sealed_inputs() {
    assertThat(Outlook.missingScores(5, 20)).isZero();
    assertThat(Outlook.missingScores(5, 18)).isEqualTo(15);
    assertThat(Outlook.missingScores(0, 50)).isEqualTo(20);
    assertThat(Outlook.missingScores(20, 0)).isZero();
  }
}
