package dev.lightningbridge.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.needs.Environments;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs that behave, and programs that do not. */
@Timeout(60)
class BoundedProcessTest {
  private static final Map<String, String> SYSTEM =
      Map.of(
          "PATH",
          Environments.whole().getOrDefault("PATH", ""),
          "HOME",
          "/home/anna",
          "COMPANY_API_KEY",
          "k-123456789",
          "DATABASE",
          "postgres://anna:geheim@db/x",
          "MY_LOGIN",
          "named-4711",
          "LIGHTNING_BRIDGE_HOME",
          "/bridge");

  @TempDir Path folder;
  private final Cancellation cancellation = new Cancellation();

  private ProcessEnd run(String script, String input, Duration time) throws InterruptedException {
    return new BoundedProcess(
            List.of("sh", "-c", script),
            folder,
            CleanEnvironment.of(SYSTEM, Set.of("MY_LOGIN")),
            time,
            1000)
        .run(input, Map.of("ASKED", "yes"), cancellation);
  }

  private ProcessEnd run(String script) throws InterruptedException {
    return run(script, "", Duration.ofSeconds(30));
  }

  @Test
  void itIsToldTheInputAndAnswers() throws InterruptedException {
    assertThat(run("cat; printf ' %s' $ASKED; pwd >&2", "Käse", Duration.ofSeconds(30)))
        .isEqualTo(new ProcessEnd.Exited(0, "Käse yes", folder.toString()));
  }

  @Test
  void aProgramThatDoesNotReadALongInputIsNoFault() throws InterruptedException {
    assertThat(run("echo done", "x".repeat(1_000_000), Duration.ofSeconds(30)))
        .isEqualTo(new ProcessEnd.Exited(0, "done\n", ""));
  }

  @Test
  void itsStatusComesWithTheLastLinesOfItsErrorsCleaned() throws InterruptedException {
    ProcessEnd end = run("seq 1 9000 >&2; printf '\\033[31mno k-123456789\\n\\n' >&2; exit 3");
    assertThat(end.words())
        .isEqualTo("ended with status 3: 8997 | 8998 | 8999 | 9000 | [31mno [key]");
  }

  @Test
  void itGetsNoKeysAndNoneOfOurSettings() throws InterruptedException {
    assertThat(run("env"))
        .isInstanceOfSatisfying(
            ProcessEnd.Exited.class,
            end ->
                assertThat(end.output())
                    .contains("HOME=/home/anna", "ASKED=yes", "no_proxy=127.0.0.1,localhost")
                    .doesNotContain("k-123456789", "geheim", "named-4711", "/bridge"));
  }

  @Test
  void aKeyIsTakenOutBeforeALongLineIsCut() throws InterruptedException {
    String words = run("printf '%0495d' 0 >&2; echo k-123456789 >&2; exit 1").words();
    assertThat(words).contains("0[key]").doesNotContain("k-1");
  }

  @Test
  void oneThatHangsIsEndedWithWhatItStarted() throws InterruptedException {
    ProcessEnd end =
        run("sleep 611 & setsid sleep 612 & echo working >&2; wait", "", Duration.ofSeconds(1));
    assertThat(end).isEqualTo(new ProcessEnd.TimedOut(1, "working"));
    assertNothingIsLeft("sleep 61[12]");
  }

  @Test
  void oneThatLeavesSomethingBehindThatHoldsItsOutputHasAnsweredAllTheSame()
      throws InterruptedException {
    assertThat(run("setsid sleep 613 & echo answer"))
        .isEqualTo(new ProcessEnd.Exited(0, "answer\n", ""));
    assertNothingIsLeft("sleep 613");
  }

  @Test
  void oneThatWritesWithoutEndIsEnded() throws InterruptedException {
    assertThat(run("exec cat /dev/zero")).isEqualTo(new ProcessEnd.TooMuchOutput(1000, ""));
  }

  @Test
  void oneThatIsNotThereIsSaidSo() throws InterruptedException {
    ProcessEnd end =
        new BoundedProcess(
                List.of("no-such-program"),
                folder,
                CleanEnvironment.of(SYSTEM, Set.of()),
                Duration.ofSeconds(5),
                10)
            .run("", Map.of(), cancellation);
    assertThat(end.words()).isEqualTo("could not be started: No such file or directory");
  }

  @Test
  void aCancellationEndsItAtOnce() throws InterruptedException {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                TimeUnit.MILLISECONDS.sleep(300);
              } catch (InterruptedException e) {
                return;
              }
              cancellation.request();
            });
    assertThat(run("sleep 614")).isEqualTo(new ProcessEnd.Cancelled());
    assertNothingIsLeft("sleep 614");
  }

  private static void assertNothingIsLeft(String command) throws InterruptedException {
    for (int i = 0; i < 50 && isAlive(command); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(isAlive(command)).isFalse();
  }

  private static boolean isAlive(String command) {
    return ProcessHandle.allProcesses()
        .anyMatch(p -> p.info().commandLine().filter(c -> c.matches(".*" + command)).isPresent());
  }
}
