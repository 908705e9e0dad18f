package dev.lightningbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the shell offers where somebody presses the tab key: asked of a real bash. */
class CompletionCommandTest {
  @TempDir Path folder;
  private Path script;

  @BeforeEach
  void theScript() throws IOException {
    script = folder.resolve("bridge.bash");
    Files.writeString(script, printed("completion", "bash"));
  }

  @Test
  void a_command_is_completed() throws Exception {
    assertThat(offered("opt")).containsExactly("optimize");
    assertThat(offered("pro")).containsExactlyInAnyOrder("prompt", "promote");
  }

  @Test
  void a_command_of_a_command_is_completed() throws Exception {
    assertThat(offered("runs", "re")).containsExactly("resume");
  }

  @Test
  void an_option_and_its_value_are_completed() throws Exception {
    assertThat(offered("optimize", "--synth")).containsExactly("--synthesize");
    assertThat(offered("optimize", "--engine", "ja")).containsExactly("java");
    assertThat(offered("completion", "z")).containsExactly("zsh");
  }

  @Test
  void an_option_that_names_a_file_offers_files() throws Exception {
    Files.writeString(folder.resolve("camp-of-may.db"), "");
    assertThat(offered("inspect", "--db", "camp-of")).containsExactly("camp-of-may.db");
  }

  @Test
  void zsh_gets_the_same_script_since_it_knows_both_shells() {
    assertThat(printed("completion", "zsh"))
        .isEqualTo(printed("completion", "bash"))
        .contains("bashcompinit");
  }

  /** The last word is the one that is being typed. */
  private List<String> offered(String... words) throws IOException, InterruptedException {
    String typed = "'" + String.join("' '", words) + "'";
    Process bash =
        new ProcessBuilder(
                "bash",
                "--norc",
                "-c",
                """
                . "$1"
                COMP_WORDS=(bridge %s) COMP_CWORD=%d
                _complete_bridge 2>/dev/null
                printf '%%s\\n' "${COMPREPLY[@]}"
                """
                    .formatted(typed, words.length),
                "bash",
                script.toString())
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines =
        new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(bash.waitFor()).isZero();
    return lines.stream().map(String::strip).toList();
  }

  private static String printed(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(
            Bridge.run(
                new Console(
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(System.err, true, StandardCharsets.UTF_8)),
                new Interrupts(),
                words))
        .isZero();
    return out.toString(StandardCharsets.UTF_8);
  }
}
