package dev.lightningbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.demo.SampleDatabase;
import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.needs.Need;
import dev.lightningbridge.needs.Needs;
import dev.lightningbridge.needs.NeedsEnvironment;
import dev.lightningbridge.store.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs of real processes that are stopped, or whose disk fails them, and are resumed. */
@Execution(ExecutionMode.CONCURRENT)
class DisturbedRunTest {
  private static final int PATIENCE_S = 180;

  /** On a quiet machine it takes about two; this is for a busy one. */
  private static final int STOPS_WITHIN_S = 15;

  @TempDir static Path folder;

  private static Path sample;
  private static String session;
  private static RunProcesses undisturbed;

  @BeforeAll
  static void runOnceUndisturbed() throws Exception {
    sample = folder.resolve("sample.db");
    session = SampleDatabase.create(sample, 1).sessions().get(0).id();
    undisturbed = run("undisturbed", "java");
    assertThat(status(undisturbed.start())).as(undisturbed.said()).isZero();
  }

  @Test
  void a_run_cancelled_by_another_process_and_then_by_a_signal_goes_on_each_time()
      throws Exception {
    RunProcesses run = run("cancelled", "java");
    run.latencyMs = 60;
    Process process = begun(run, RunPart.SEARCH);
    assertThat(status(run.command(List.of("runs", "cancel", run.runId())))).isZero();
    assertThat(process.waitFor(STOPS_WITHIN_S, TimeUnit.SECONDS)).as("stops").isTrue();
    assertThat(process.exitValue()).isEqualTo(5);

    Process resumed = begun(run, RunPart.TEST);
    resumed.destroy();
    assertThat(resumed.waitFor(STOPS_WITHIN_S, TimeUnit.SECONDS)).as("stops").isTrue();
    assertThat(resumed.exitValue()).isEqualTo(5);
    assertThat(run.state()).isEqualTo("cancelled");

    goesOn(run, undisturbed);
  }

  @Test
  void a_run_whose_bridge_db_is_kept_locked_fails_clearly_and_can_be_resumed() throws Exception {
    RunProcesses run = run("locked", "java");
    failsWhileLocked(run, run.bridge(), RunPart.SEARCH, "LB-7006");
    goesOn(run, undisturbed);
  }

  @Test
  @NeedsEnvironment(EnvironmentKind.APO)
  void the_real_apo_does_not_go_on_without_an_answer_that_could_not_be_kept() throws Exception {
    RunProcesses whole = run("apo-undisturbed", "agentlightning");
    assertThat(status(whole.start())).as(whole.said()).isZero();
    RunProcesses run = run("apo-locked", "agentlightning");
    failsWhileLocked(run, run.bridge(), RunPart.SEARCH, "LB-7006");
    goesOn(run, whole);
  }

  @Test
  void a_camp_database_kept_locked_fails_the_promotion_which_the_resumed_run_makes()
      throws Exception {
    RunProcesses run = run("camp-locked", "java");
    failsWhileLocked(run, run.camp(), RunPart.TEST, "LB-1009");
    goesOn(run, undisturbed);
  }

  @Test
  @Needs(Need.SMALL_DISK)
  void a_full_disk_fails_the_run_clearly_and_with_room_again_it_goes_on() throws Exception {
    Path camp = Files.copy(sample, folder.resolve("full.db"));
    try (SmallDisk disk = SmallDisk.mounted(folder.resolve("disk"), 24)) {
      RunProcesses run =
          new RunProcesses(
              Files.createDirectory(folder.resolve("full")),
              disk.folder().resolve("home"),
              camp,
              session,
              "java");
      Process process = begun(run, RunPart.SEARCH);
      disk.fill();
      assertThat(status(process)).isEqualTo(1);
      assertThat(run.said()).contains("LB-7003").doesNotContain("Exception");
      disk.empty();
      goesOn(run, undisturbed);
    }
  }

  @Test
  @Needs(Need.SMALL_DISK)
  void a_full_disk_of_the_camp_database_leaves_it_as_it_was_and_the_promotion_is_made_later()
      throws Exception {
    try (SmallDisk disk = SmallDisk.mounted(folder.resolve("camp-disk"), 8)) {
      Path camp = Files.copy(sample, disk.folder().resolve("camp.db"));
      RunProcesses run =
          new RunProcesses(
              Files.createDirectory(folder.resolve("camp-full")),
              folder.resolve("camp-full").resolve("home"),
              camp,
              session,
              "java");
      Process process = begun(run, RunPart.SEARCH);
      disk.fill();
      assertThat(status(process)).isEqualTo(1);
      assertThat(run.said()).containsPattern("LB-105[67]").doesNotContain("Exception");
      assertThat(camp).hasSameBinaryContentAs(sample);
      disk.empty();
      try (var files = Files.list(disk.folder())) {
        assertThat(files).containsExactly(camp);
      }
      goesOn(run, undisturbed);
    }
  }

  @Test
  @Needs(Need.SMALL_DISK)
  void a_read_only_home_is_a_clear_error_and_the_run_in_it_goes_on_when_it_is_writable()
      throws Exception {
    try (SmallDisk disk = SmallDisk.mounted(folder.resolve("read-only"), 8)) {
      disk.makeReadOnly();
      RunProcesses run =
          new RunProcesses(
              Files.createDirectory(folder.resolve("unwritable")),
              disk.folder(),
              sample,
              session,
              "java");
      assertThat(status(run.start())).isEqualTo(1);
      assertThat(run.said()).contains("LB-7002").doesNotContain("Exception");
    }
  }

  private static RunProcesses run(String name, String engine) throws Exception {
    return new RunProcesses(folder.resolve(name), sample, session, engine);
  }

  private static int status(Process process) throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).as("ends").isTrue();
    return process.exitValue();
  }

  private static Process begun(RunProcesses run, RunPart part) throws Exception {
    Process process = run.start();
    assertThat(run.reach(part, process, PATIENCE_S)).as(run.said()).isTrue();
    return process;
  }

  private static void failsWhileLocked(RunProcesses run, Path file, RunPart part, String code)
      throws Exception {
    Process process = begun(run, part);
    try (Connection holder = RunProcesses.open(file);
        Statement statement = holder.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("BEGIN EXCLUSIVE");
      assertThat(status(process)).as(run.said()).isEqualTo(1);
      statement.execute("ROLLBACK");
    }
    assertThat(run.said()).contains(code).doesNotContain("Exception");
    assertThat(run.state()).isIn("running", "failed");
  }

  /** Resumes, and holds the run's end against the one of an undisturbed run. */
  private static void goesOn(RunProcesses run, RunProcesses whole) throws Exception {
    assertThat(status(run.start())).as(run.said()).isZero();
    JsonNode result = run.result();
    JsonNode wanted = whole.result();
    for (String member : List.of("/verdict", "/prompt", "/test", "/winner")) {
      assertThat(result.at(member)).as(member).isEqualTo(wanted.at(member));
    }
    assertThat(run.finishedCalls()).isEqualTo(whole.finishedCalls());
    assertThat(result.at("/state").asText()).isEqualTo("promoted");
    assertThat(
            run.inCamp(
                "SELECT count(*) FROM agent_definitions WHERE lineage_id = '%s'"
                    .formatted(result.at("/baseline/lineageId").asText())))
        .isEqualTo(wanted.at("/baseline/version").asInt() + 1L);
  }
}
