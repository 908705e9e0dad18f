package dev.lightningbridge.lightning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.needs.NeedsEnvironment;
import dev.lightningbridge.optimize.RunEvent;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker does not outlive its parent. */
@NeedsEnvironment(EnvironmentKind.APO)
@Timeout(180)
class ParentDeathTest {
  /** A parent that runs a worker until it is killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws Exception {
      try (SearchLab lab = new SearchLab()) {
        lab.worker =
            WorkerSettings.DEFAULT.withEntry("worker_ends:does_nothing", Path.of(arguments[0]));
        lab.onEvent =
            event -> {
              if (event instanceof RunEvent.EngineStarted) {
                System.out.println(
                    ProcessHandle.current().children().findFirst().orElseThrow().pid());
              }
            };
        lab.optimize();
      }
    }
  }

  @Test
  void a_worker_ends_when_its_parent_is_killed(@TempDir Path temporary) throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                Path.of("src/test/python").toAbsolutePath().toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = parent.inputReader()) {
      ProcessHandle worker = ProcessHandle.of(Long.parseLong(out.readLine())).orElseThrow();
      assertThat(worker.isAlive()).isTrue();

      parent.destroyForcibly().waitFor();

      assertThat(worker.onExit().get(10, TimeUnit.SECONDS).isAlive()).isFalse();
    } finally {
      parent.destroyForcibly();
    }
  }
}
