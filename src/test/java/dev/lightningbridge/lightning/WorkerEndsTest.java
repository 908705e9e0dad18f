package dev.lightningbridge.lightning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.needs.Children;
import dev.lightningbridge.needs.Environments;
import dev.lightningbridge.needs.NeedsEnvironment;
import dev.lightningbridge.needs.StartsWorkers;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which a worker can end is a clear error, and this process lives on. */
@NeedsEnvironment(EnvironmentKind.APO)
@Timeout(180)
@StartsWorkers
class WorkerEndsTest {
  private static final Path ENTRIES = Path.of("src/test/python").toAbsolutePath();
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofSeconds(10);

  private SearchLab lab;

  @BeforeEach
  void open() throws Exception {
    lab = new SearchLab();
  }

  @AfterEach
  void nothing_is_left_of_the_worker() {
    lab.close();
    assertThat(Children.workers()).isEmpty();
  }

  @Test
  void a_python_exception_is_told_by_its_first_line() {
    BridgeException error = failure("raises", LightningError.PYTHON_FAILED);

    assertThat(error)
        .hasMessageContaining("ValueError: the first line (")
        .hasMessageContaining("Last lines of the worker's log:")
        .hasMessageContaining("in raises");
  }

  @Test
  void prompts_that_do_not_fit_name_the_option_that_makes_room() {
    assertThat(failure("has_too_long_prompts", LightningError.PROMPTS_TOO_LONG))
        .hasMessageContaining("16 of 16 prompts")
        .hasMessageContaining("--max-example-tokens");
  }

  @Test
  void sys_exit_is_an_error_of_python() {
    assertThat(failure("exits", LightningError.PYTHON_FAILED))
        .hasMessageContaining("SystemExit: 3");
  }

  @Test
  void a_module_that_cannot_be_imported_is_a_broken_environment() {
    lab.worker = WorkerSettings.DEFAULT.withEntry("no_such_module:run", ENTRIES);

    assertThat(catchThrowableOfType(BridgeException.class, lab::optimize))
        .hasMessageContaining("no_such_module")
        .hasMessageContaining("scripts/setup")
        .extracting(BridgeException::code)
        .isEqualTo(LightningError.ENVIRONMENT_BROKEN);
  }

  @Test
  void a_library_of_jep_that_cannot_be_loaded_is_told(@TempDir Path home) throws Exception {
    PythonEnvironment real = Environments.of(EnvironmentKind.APO);
    Path packages = home.resolve(real.home().relativize(real.jepLibrary()).getParent().getParent());
    Files.createDirectories(packages.resolve("jep"));
    Files.writeString(packages.resolve("jep/libjep.so"), "no library");
    Files.createDirectory(packages.resolve("agentlightning-0.3.0.dist-info"));
    Files.createDirectory(packages.resolve("jep-4.3.1.dist-info"));
    Files.copy(real.home().resolve("pyvenv.cfg"), home.resolve("pyvenv.cfg"));
    Files.createDirectory(home.resolve("bin"));
    Files.createSymbolicLink(home.resolve("bin/python"), real.python());
    Files.createFile(home.resolve(PythonEnvironment.COMPLETE));

    BridgeException error =
        catchThrowableOfType(
            BridgeException.class,
            () -> lab.optimizeIn(PythonEnvironment.at(EnvironmentKind.APO, home)));

    assertThat(error).hasMessageContaining("libjep.so").hasMessageContaining("scripts/setup");
    assertThat(error.code()).isEqualTo(LightningError.WORKER_NOT_STARTED);
  }

  @Test
  void an_exit_of_the_process_is_told_with_its_status_and_last_words() {
    assertThat(failure("exits_at_once", LightningError.WORKER_DIED))
        .hasMessageContaining("status 7")
        .hasMessageContaining("last words");
  }

  @Test
  void a_crash_in_native_code_is_told() {
    assertThat(failure("crashes", LightningError.WORKER_DIED))
        .hasMessageContaining("the worker process died with status")
        .hasMessageContaining("SIGSEGV");
  }

  @Test
  void python_that_is_never_ready_is_given_up() {
    assertThat(failure("never_ready", LightningError.WORKER_HUNG, SHORT, LONG, LONG))
        .hasMessageContaining("Python was not ready within 10 s");
  }

  @Test
  void python_that_gets_stuck_is_given_up() {
    assertThat(failure("gets_stuck", LightningError.WORKER_HUNG, LONG, SHORT, LONG))
        .hasMessageContaining("Python gave no sign of life for 10 s");
  }

  @Test
  void a_process_that_is_stopped_is_given_up() {
    lab.onEvent =
        event -> {
          if (event instanceof RunEvent.EngineStarted) {
            Children.workers().forEach(WorkerEndsTest::freeze);
          }
        };

    assertThat(failure("does_nothing", LightningError.WORKER_HUNG, LONG, SHORT, LONG))
        .hasMessageContaining("it gave no sign of life for 10 s");
  }

  @Test
  void a_search_in_which_nothing_happens_is_given_up() {
    assertThat(failure("does_nothing", LightningError.WORKER_HUNG, LONG, LONG, SHORT))
        .hasMessageContaining("nothing happened in it for 10 s");
  }

  @Test
  void a_worker_that_ignores_a_cancellation_is_ended_and_its_best_so_far_kept() {
    entry("ignores_the_stop", LONG, LONG, LONG);
    lab.onEvent =
        event -> {
          if (event instanceof RunEvent.BestChanged) {
            lab.cancellation.request();
          }
        };

    assertThat(lab.optimize())
        .isEqualTo(new OptimizationResult("better", 0.75, StopReason.CANCELLED));
  }

  @Test
  void lines_that_are_no_messages_are_skipped() {
    entry("prints_rubbish", LONG, LONG, LONG);

    assertThat(lab.optimize())
        .isEqualTo(
            new OptimizationResult("kept \uD83D\uDE00 \u00e9", Double.NaN, StopReason.FINISHED));
    assertThat(lab.events()).hasSize(1);
  }

  @Test
  void no_key_proxy_or_python_setting_gets_into_the_worker() {
    entry("tells_its_environment", LONG, LONG, LONG);

    assertThat(lab.optimize().prompt().lines())
        .isSubsetOf(
            "CUDA_VISIBLE_DEVICES",
            "HF_DATASETS_OFFLINE",
            "HF_HOME",
            "HF_HUB_OFFLINE",
            "HOME",
            "LC_ALL",
            "LC_CTYPE",
            "LITELLM_LOCAL_MODEL_COST_MAP",
            "NO_PROXY",
            "PATH",
            "PYTHONHASHSEED",
            "PYTHONNOUSERSITE",
            "PYTHONUTF8",
            "TMPDIR",
            "TOKENIZERS_PARALLELISM",
            "TZ");
  }

  private BridgeException failure(String function, LightningError expected) {
    return failure(function, expected, LONG, LONG, LONG);
  }

  private BridgeException failure(
      String function,
      LightningError expected,
      Duration start,
      Duration silence,
      Duration standstill) {
    entry(function, start, silence, standstill);
    BridgeException error = catchThrowableOfType(BridgeException.class, lab::optimize);
    assertThat(error).isNotNull();
    assertThat(error.code()).as(error.getMessage()).isEqualTo(expected);
    return error;
  }

  private void entry(String function, Duration start, Duration silence, Duration standstill) {
    lab.worker =
        WorkerSettings.DEFAULT
            .withEntry("worker_ends:" + function, ENTRIES)
            .withPatience(start, silence, standstill);
  }

  private static void freeze(ProcessHandle process) {
    try {
      new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
