package dev.lightningbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.needs.NeedsEnvironment;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs survive SIGKILL at any moment; {@code scripts/bench/kill} does the same more often. */
@Execution(ExecutionMode.CONCURRENT)
class KillTest {
  private static final int KILLS = 12;

  @TempDir Path folder;

  @Test
  void a_run_of_the_java_engine_that_is_killed_and_resumed_ends_as_if_nothing_had_been()
      throws Exception {
    survives("java");
  }

  @Test
  @NeedsEnvironment(EnvironmentKind.APO)
  void a_run_of_the_real_apo_that_is_killed_and_resumed_ends_as_if_nothing_had_been()
      throws Exception {
    survives("agentlightning");
  }

  private void survives(String engine) throws Exception {
    KillTally tally = new KillTrial(folder, engine, 11).kill(KILLS);
    System.out.println(tally.row(engine) + " " + tally.where());
    assertThat(tally.kills).isGreaterThanOrEqualTo(KILLS);
    assertThat(tally.lostRuns).as("lost runs %s", tally.remarks).isZero();
    assertThat(tally.repeatedCalls).as("repeated finished calls").isZero();
    assertThat(tally.callsTooMany).as("calls too many %s", tally.remarks).isZero();
    assertThat(tally.brokenDatabases).as("broken databases %s", tally.remarks).isZero();
    assertThat(tally.doublePromotions).as("double promotions").isZero();
    assertThat(tally.differentVerdicts).as("different verdicts %s", tally.remarks).isZero();
    assertThat(tally.workersLeft).as("workers left behind").isZero();
  }
}
