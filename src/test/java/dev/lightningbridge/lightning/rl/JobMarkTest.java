package dev.lightningbridge.lightning.rl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.needs.Environments;
import dev.lightningbridge.needs.NeedsEnvironment;
import dev.lightningbridge.needs.StartsWorkers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@NeedsEnvironment(EnvironmentKind.APO)
@StartsWorkers
class JobMarkTest {
  /** Holds 1 MB of shared memory until it is ended. */
  private static final String HOLDS_MEMORY =
      """
      import time
      from multiprocessing.shared_memory import SharedMemory
      memory = SharedMemory(create=True, size=1 << 20)
      print(memory.name, flush=True)
      time.sleep(600)
      """;

  @Test
  void shared_memory_of_the_processes_that_are_ended_is_given_back() throws IOException {
    JobMark mark = JobMark.random();
    ProcessBuilder python =
        new ProcessBuilder(
            Environments.of(EnvironmentKind.APO).python().toString(), "-c", HOLDS_MEMORY);
    mark.putInto(python.environment());
    Process holder = python.start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8))) {
      Path memory = Path.of("/dev/shm", said.readLine());
      assertThat(memory).isRegularFile();
      assertThat(mark.processes()).as("the holder, and Python's resource tracker").hasSize(2);

      mark.endAll();

      assertThat(mark.processes()).isEmpty();
      assertThat(Files.exists(memory)).isFalse();
    } finally {
      holder.destroyForcibly();
    }
  }
}
