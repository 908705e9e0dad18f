package dev.lightningbridge.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.Verdict.Decision;
import dev.lightningbridge.runs.ending.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ResumeTest {
  private static final String BEST = RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE);

  @TempDir Path folder;

  @Test
  void a_failed_run_goes_on_and_repeats_no_call() throws IOException {
    try (RunLab lab = new RunLab(folder, 40)) {
      String id = failedAfter(lab, 10, Limits.NONE);
      assertThat(lab.runs.spending().of(id).calls()).isPositive();

      RunResult result = lab.resume(searching(BEST), id);

      assertThat(result.verdict()).isEqualTo(Decision.PROMOTE);
      try (RunLab another = new RunLab(Files.createDirectory(folder.resolve("another")), 40)) {
        RunResult undisturbed = another.run(searching(BEST), another.request());
        assertThat(result.test()).isEqualTo(undisturbed.test());
        assertThat(result.calls()).isEqualTo(undisturbed.calls());
      }
      assertThat(lab.runs.get(id).state()).isEqualTo(RunState.WAITING_FOR_APPROVAL);
    }
  }

  @Test
  void a_resumed_run_goes_by_the_tasks_and_the_prompt_that_it_began_with() {
    try (RunLab lab = new RunLab(folder, 40)) {
      String id = failedAfter(lab, 10, Limits.NONE);
      try (CampFixture fixture = CampFixture.reopen(lab.camp)) {
        String lineage = fixture.lineage(lab.session, "B");
        String agent = fixture.agent(lineage, "Be brief.");
        fixture.run(agent, 1, "Another input that came later", "No.");
      }
      RunResult result = lab.resume(searching(BEST), id);
      var tasks = result.tasks();
      assertThat(tasks.train() + tasks.validation() + tasks.test()).isEqualTo(40);
    }
  }

  @Test
  void a_tight_budget_decides_in_the_resumed_run_as_it_would_have() {
    Limits limits = new Limits(180L, null, null);
    try (RunLab lab = new RunLab(folder, 40)) {
      String id = failedAfter(lab, 15, limits);
      RunResult result = lab.resume(searching(BEST), id);
      assertThat(result.verdict()).isEqualTo(Decision.PROMOTE);
      assertThat(result.calls()).isLessThanOrEqualTo(180);
    }
  }

  @Test
  void a_run_that_has_ended_cannot_be_resumed() {
    try (RunLab lab = new RunLab(folder, 40)) {
      RunResult result = lab.run(lab.finding(BEST), lab.request());
      assertThatThrownBy(() -> lab.resume(lab.finding(BEST), result.runId()))
          .isInstanceOf(BridgeException.class)
          .hasMessageContaining("waiting for approval");
    }
  }

  @Test
  void a_run_that_another_process_runs_is_left_alone() {
    try (RunLab lab = new RunLab(folder, 40)) {
      String id = failedAfter(lab, 10, Limits.NONE);
      hold(lab, id, "elsewhere/1/1", Clock.systemUTC().millis() + 20_000);
      assertThatThrownBy(() -> lab.resume(searching(BEST), id))
          .isInstanceOf(BridgeException.class)
          .hasMessageContaining("another process");

      hold(lab, id, "elsewhere/1/1", Clock.systemUTC().millis() - 1);
      assertThat(lab.resume(searching(BEST), id).verdict()).isEqualTo(Decision.PROMOTE);
    }
  }

  @Test
  void a_lease_of_a_process_of_this_machine_that_has_died_does_not_hold() throws Exception {
    Process process = new ProcessBuilder("true").start();
    RunOwner self = RunOwner.self();
    RunOwner dead = new RunOwner(self.host(), process.pid(), 1);
    process.waitFor();
    assertThat(dead.isDead()).isTrue();
    assertThat(self.isDead()).isFalse();
    try (RunLab lab = new RunLab(folder, 40)) {
      String id = failedAfter(lab, 10, Limits.NONE);
      hold(lab, id, dead.toString(), Long.MAX_VALUE);
      assertThat(lab.resume(searching(BEST), id).verdict()).isEqualTo(Decision.PROMOTE);
    }
  }

  @Test
  void a_process_that_lost_its_run_to_another_one_keeps_no_result() {
    try (RunLab lab = new RunLab(folder, 40)) {
      PromptOptimizer robbed =
          RunLab.engine(
              (job, context) -> {
                hold(lab, job.runId(), "elsewhere/1/1", Long.MAX_VALUE);
                return new OptimizationResult(BEST, 0.9, StopReason.FINISHED);
              });
      assertThatThrownBy(() -> lab.run(robbed, lab.request()))
          .isInstanceOf(BridgeException.class)
          .hasMessageContaining("taken the run over");
      StoredRun run = lab.runs.newest(1).get(0);
      assertThat(run.finishedAt()).isNull();
      assertThat(lab.proposals.proposalOf(run.id())).isEmpty();
    }
  }

  @Test
  void the_end_of_a_run_is_not_taken_for_its_loss() {
    try (RunLab lab = new RunLab(folder, 40)) {
      String id = failedAfter(lab, 10, Limits.NONE);
      Cancellation cancellation = new Cancellation();
      Long ended = lab.runs.get(id).finishedAt();
      try (RunLease lease =
          RunLease.take(lab.database, id, ended, Clock.systemUTC(), cancellation)) {
        lab.runs.finish(lease, RunState.HELD, null, null);
        lease.beat();
        assertThat(cancellation.isRequested()).isFalse();
      }
    }
  }

  @Test
  void a_lost_run_is_stopped() {
    try (RunLab lab = new RunLab(folder, 40)) {
      String id = failedAfter(lab, 10, Limits.NONE);
      Cancellation cancellation = new Cancellation();
      Long ended = lab.runs.get(id).finishedAt();
      try (RunLease lease =
          RunLease.take(lab.database, id, ended, Clock.systemUTC(), cancellation)) {
        hold(lab, id, "elsewhere/1/1", Long.MAX_VALUE);
        lease.beat();
        assertThat(cancellation.isRequested()).isTrue();
      }
    }
  }

  @Test
  void another_process_can_cancel_a_run() throws Exception {
    try (RunLab lab = new RunLab(folder, 40)) {
      CountDownLatch stopped = new CountDownLatch(1);
      PromptOptimizer waiting =
          RunLab.engine(
              (job, context) -> {
                context.cancellation().onRequest(stopped::countDown);
                assertThat(lab.runs.cancel(job.runId())).isFalse();
                try {
                  assertThat(stopped.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                return new OptimizationResult(BEST, 0.9, StopReason.CANCELLED);
              });
      assertThat(lab.run(waiting, lab.request()).state()).isEqualTo(RunState.CANCELLED);
    }
  }

  @Test
  void a_run_that_nobody_runs_is_cancelled_at_once() {
    try (RunLab lab = new RunLab(folder, 40)) {
      String id = failedAfter(lab, 10, Limits.NONE);
      lab.database.jdbi().useHandle(h -> h.execute("UPDATE runs SET finished_at = NULL"));
      assertThat(lab.runs.cancel(id)).isTrue();
      assertThat(lab.runs.get(id).state()).isEqualTo(RunState.CANCELLED);
      assertThatThrownBy(() -> lab.runs.cancel(id)).hasMessageContaining("has ended");
    }
  }

  @Test
  void the_report_tells_only_of_the_last_start() {
    try (RunLab lab = new RunLab(folder, 40)) {
      String id = failedAfter(lab, 10, Limits.NONE);
      lab.resume(searching(BEST), id);
      assertThat(lab.runs.log().events(id).size())
          .isGreaterThan(lab.runs.log().eventsOfLastStart(id).size());
      assertThat(lab.runs.log().eventsOfLastStart(id).get(0).type()).isEqualTo("resumed");
    }
  }

  /** Twenty rollouts of the current prompt, then the prompt is found. */
  private static PromptOptimizer searching(String prompt) {
    return rollouts(20, prompt);
  }

  private static String failedAfter(RunLab lab, int calls, Limits limits) {
    PromptOptimizer broken =
        RunLab.engine(
            (job, context) -> {
              make(calls, job.seedPrompt(), job.train().get(0), context);
              throw new IllegalStateException("the disk is gone");
            });
    assertThatThrownBy(() -> lab.run(broken, lab.request(limits, false, null)))
        .hasMessage("the disk is gone");
    StoredRun run = lab.runs.newest(1).get(0);
    assertThat(run.state()).isEqualTo(RunState.FAILED);
    return run.id();
  }

  private static PromptOptimizer rollouts(int calls, String prompt) {
    return RunLab.engine(
        (job, context) -> {
          make(calls, job.seedPrompt(), job.train().get(0), context);
          context.events().on(new RunEvent.CandidateMade("v1", "v0", 1, prompt, "Say JSON."));
          return new OptimizationResult(prompt, 0.9, StopReason.FINISHED);
        });
  }

  private static void make(int calls, String prompt, Task task, PromptOptimizer.Context context) {
    try {
      for (int i = 0; i < calls; i++) {
        context.rollouts().run(prompt, task);
      }
    } catch (ModelException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void hold(RunLab lab, String id, String owner, long until) {
    lab.database
        .jdbi()
        .useHandle(
            h ->
                h.execute(
                    "UPDATE runs SET owner = ?, lease_until = ? WHERE id = ?", owner, until, id));
  }
}
