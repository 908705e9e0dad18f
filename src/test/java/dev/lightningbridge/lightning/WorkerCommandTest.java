package dev.lightningbridge.lightning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerCommandTest {
  @Test
  void only_what_a_worker_needs_of_the_environment_is_passed_on() {
    Map<String, String> passed =
        WorkerCommand.in(
                Path.of("/tmp/worker"),
                Map.of(
                    "PATH", "/bin",
                    "OPENAI_API_KEY", "secret",
                    "HTTPS_PROXY", "http://proxy",
                    "PYTHONDONTWRITEBYTECODE", "1",
                    "PYTHONPATH", "/elsewhere",
                    "JAVA_TOOL_OPTIONS", "-Xmx9g"))
            .environment();

    assertThat(passed)
        .containsEntry("PATH", "/bin")
        .containsEntry("TMPDIR", "/tmp/worker")
        .doesNotContainKeys(
            "OPENAI_API_KEY",
            "HTTPS_PROXY",
            "PYTHONDONTWRITEBYTECODE",
            "PYTHONPATH",
            "JAVA_TOOL_OPTIONS");
  }

  @Test
  void of_a_quarkus_fast_jar_the_worker_gets_the_jars_behind_it() {
    assertThat(WorkerCommand.classPath("/app/quarkus-run.jar").split(File.pathSeparator))
        .containsExactly(
            "/app/quarkus-run.jar", "/app/app/*", "/app/lib/main/*", "/app/lib/boot/*");
  }

  @Test
  void relative_entries_hold_in_the_workers_own_folder() {
    assertThat(WorkerCommand.classPath("target/classes"))
        .isEqualTo(Path.of("target/classes").toAbsolutePath().toString());
  }
}
