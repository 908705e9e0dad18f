package dev.lightningbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.cli.terminal.PlainStream;
import dev.lightningbridge.cli.terminal.ProgressBar;
import dev.lightningbridge.cli.terminal.ProgressDisplay;
import dev.lightningbridge.common.ControlText;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.optimize.RunEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a database or a model wrote commands no terminal. */
class ControlCharactersTest {
  private static final String HOSTILE =
      "Mail" + (char) 0x1b + "]0;owned" + (char) 7 + "\u009b2J\u202eevil" + (char) 0;

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path camp;

  @BeforeEach
  void aDatabaseWithAHostileName() {
    camp = folder.resolve("camp.db");
    try (CampFixture fixture = CampFixture.create(camp, 9)) {
      String session = fixture.session(HOSTILE, HOSTILE, HOSTILE);
      String agent = fixture.agent(fixture.lineage(session, "A"), HOSTILE);
      fixture.score(fixture.run(agent, 1, HOSTILE, HOSTILE).artifactId(), 3, HOSTILE);
    }
  }

  private Console console() {
    return new Console(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private String told() {
    return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aNameIsShownWithItsControlCharactersAsEscapes() {
    assertThat(Bridge.run(console(), new Interrupts(), "inspect", "--db", camp.toString()))
        .isZero();
    assertThat(told()).contains("Mail\\u001b]0;owned\\u0007\\u009b2J\\u202eevil\\u0000");
    assertThat(ControlText.isIn(told())).isFalse();
  }

  @Test
  void aJsonDocumentHasTheNameAsItIsAndYetCommandsNoTerminal() throws IOException {
    Bridge.run(console(), new Interrupts(), "inspect", "--db", camp.toString(), "--json");
    JsonNode document = Json.mapper().readTree(out.toString(StandardCharsets.UTF_8));
    assertThat(document.at("/sessions/0/name").asText()).isEqualTo(HOSTILE);
    assertThat(ControlText.isIn(told())).isFalse();
  }

  @Test
  void anErrorThatRepeatsWhatWasGivenShowsItSo() {
    Bridge.run(console(), new Interrupts(), "inspect", "--db", "none" + (char) 0x1b + "[31m");
    Bridge.run(
        console(), new Interrupts(), "inspect", "--db", "x", "--unknown" + (char) 0x1b + "[31m");
    assertThat(told()).contains("none\\u001b[31m", "--unknown\\u001b[31m");
    assertThat(ControlText.isIn(told())).isFalse();
  }

  @Test
  void ofTheProgressOnlyTheBarCommandsTheTerminal() {
    PlainStream to = console().err();
    ProgressDisplay progress =
        new ProgressDisplay(to, new ProgressBar(to, () -> 80), System::nanoTime, question -> false);
    progress.on(new RunEvent.PhaseStarted("search", 10));
    progress.on(new RunEvent.Note("warning", "the endpoint said " + HOSTILE));
    progress.on(new RunEvent.Critiqued("v1" + HOSTILE, 1, "c"));
    progress.end();
    String withoutBar = told().replaceAll("\\r?" + (char) 0x1b + "\\[(2K|\\?7[lh])", "");
    assertThat(withoutBar).isNotEqualTo(told()).contains("said Mail\\u001b]0;owned");
    assertThat(ControlText.isIn(withoutBar)).isFalse();
  }

  @Test
  void theTraceOfAnUnforeseenErrorIsShownSoToo() {
    new IllegalStateException(HOSTILE).printStackTrace(console().err());
    assertThat(told()).contains("Mail\\u001b]0;owned", "ControlCharactersTest");
    assertThat(ControlText.isIn(told())).isFalse();
  }
}
