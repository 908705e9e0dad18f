package dev.lightningbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.store.EarlierHome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts in full, and what changed in them. */
class PromptCommandTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String camp;
  private String lineage;

  @BeforeEach
  void aLineageWithTwoVersions() {
    Path file = folder.resolve("camp.db");
    camp = file.toString();
    try (CampFixture fixture = CampFixture.create(file, 9)) {
      String session = fixture.session("Meeting notes", "Write notes", "We met.");
      lineage = fixture.lineage(session, "A");
      fixture.agent(lineage, "Be brief.\nBe kind.");
      fixture.agent(lineage, "Be brief.\nSay who does what.");
    }
  }

  @Test
  void the_newest_prompt_stands_alone_on_standard_output() {
    assertThat(bridge("prompt", "show", "--db", camp, "--session", "meeting notes")).isZero();
    assertThat(text()).isEqualTo("Be brief.\nSay who does what.\n");
  }

  @Test
  void an_earlier_version_is_written_into_a_file_as_it_is() throws IOException {
    Path file = folder.resolve("prompt.txt");
    assertThat(
            bridge(
                "prompt",
                "show",
                "--db",
                camp,
                "--lineage",
                "A",
                "--version",
                "1",
                "--out",
                file.toString()))
        .isZero();
    assertThat(file).hasContent("Be brief.\nBe kind.");
    assertThat(Files.size(file)).isEqualTo("Be brief.\nBe kind.".length());
    assertThat(text()).isEmpty();
  }

  @Test
  void a_version_that_is_not_there_is_told_with_those_that_are() {
    assertThat(bridge("prompt", "show", "--db", camp, "--lineage", lineage, "--version", "7"))
        .isEqualTo(2);
    assertThat(errors()).contains("no version 7", "1, 2");
  }

  @Test
  void a_session_with_a_slip_of_the_pen_is_asked_about() {
    assertThat(bridge("prompt", "show", "--db", camp, "--session", "Meting notes")).isEqualTo(3);
    assertThat(errors()).contains("LB-7102", "Did you mean Meeting notes");
  }

  @Test
  void a_word_that_is_close_to_an_option_or_a_command_is_asked_about() {
    assertThat(bridge("inspekt")).isEqualTo(2);
    assertThat(errors()).contains("inspect");
    assertThat(bridge("inspect", "--db", camp, "--include-orphan")).isEqualTo(2);
    assertThat(errors()).contains("Did you mean --include-orphans?");
  }

  @Test
  void the_diff_of_a_lineage_is_that_of_its_two_newest_versions() {
    assertThat(bridge("diff", "--db", camp, "--lineage", "Meeting notes/A")).isZero();
    assertThat(text())
        .contains("--- version 1", "+++ version 2", "-Be kind.", "+Say who does what.");
  }

  @Test
  void a_run_is_named_by_the_beginning_of_its_id_and_tells_its_prompt_and_its_diff()
      throws IOException {
    EarlierHome home = EarlierHome.in(folder.toRealPath());
    String run = EarlierHome.WAITING.substring(0, 8);
    String path = home.path().toString();
    assertThat(bridge("runs", "show", run, "--prompt", "--home", path)).isZero();
    String prompt = text();
    assertThat(prompt).isNotBlank();
    assertThat(bridge("diff", run, "--home", path)).isZero();
    assertThat(text()).contains("--- start of the run", "+++ best of the run");
    assertThat(prompt.lines())
        .containsAll(
            text()
                .lines()
                .skip(2)
                .filter(line -> line.startsWith("+"))
                .map(line -> line.substring(1))
                .toList());
  }

  @Test
  void a_run_without_a_result_has_no_prompt_to_show() throws IOException {
    EarlierHome home = EarlierHome.in(folder.toRealPath());
    assertThat(
            bridge(
                "runs", "show", EarlierHome.KILLED, "--prompt", "--home", home.path().toString()))
        .isEqualTo(3);
    assertThat(errors()).contains("LB-9007");
  }

  private int bridge(String... words) {
    out.reset();
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
}
