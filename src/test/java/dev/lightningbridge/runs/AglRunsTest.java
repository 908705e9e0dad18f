package dev.lightningbridge.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lightningbridge.agent.AgentChoice;
import dev.lightningbridge.agent.AgentError;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.TrainingSettings;
import dev.lightningbridge.optimize.verdict.Verdict.Decision;
import dev.lightningbridge.rollouts.RolloutStatus;
import dev.lightningbridge.rollouts.RolloutStore;
import dev.lightningbridge.rollouts.RowFilter;
import dev.lightningbridge.rollouts.RowPage;
import dev.lightningbridge.rollouts.StoredRollout;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.request.OptimizeRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose agent is agentlightning's, with a runner at their store. */
@Timeout(180)
class AglRunsTest {
  private static final String BEST = RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE);
  private static final int SECONDS = 120;

  @TempDir Path folder;

  private static PromptOptimizer searching() {
    return RunLab.engine(
        (job, context) -> {
          try {
            for (Task task : job.train().subList(0, 4)) {
              context.rollouts().run(job.seedPrompt(), task);
            }
          } catch (ModelException e) {
            throw new IllegalStateException(e);
          }
          context.events().on(new RunEvent.CandidateMade("v1", "v0", 1, BEST, "Say JSON."));
          return new OptimizationResult(BEST, 0.9, StopReason.FINISHED);
        });
  }

  private RunResult run(RunLab lab) {
    lab.agent = new AgentChoice.Agl("support", SECONDS);
    lab.acceptJudge = true;
    return lab.run(searching(), lab.request());
  }

  private static RolloutStore store(RunLab lab) {
    return new RolloutStore(lab.database, "support");
  }

  private static List<StoredRollout> all(RunLab lab) {
    return store(lab).query(RowFilter.all(), RowPage.ALL).items();
  }

  @Test
  void its_rollouts_are_played_by_the_runner_up_to_the_verdict() {
    try (RunLab lab = new RunLab(folder, 40);
        StoreRunner runner = new StoreRunner(store(lab), 0)) {
      RunResult result = run(lab);
      assertThat(result.verdict()).as(result.reason()).isEqualTo(Decision.PROMOTE);
      assertThat(result.remarks()).contains("What was tested is agentlightning's agent support.");
      assertThat(runner.played()).isGreaterThanOrEqualTo(4 + 2 * result.test().n());
      assertThat(result.remarks()).noneMatch(remark -> remark.contains("spans"));
      assertThat(warnings(lab)).noneMatch(text -> text.contains("spans"));
      assertThat(all(lab))
          .hasSize(runner.played())
          .allMatch(rollout -> rollout.status() == RolloutStatus.SUCCEEDED);
    }
  }

  @Test
  void rollouts_whose_spans_are_lost_are_counted_and_said_at_once_and_with_the_result() {
    try (RunLab lab = new RunLab(folder, 40);
        StoreRunner runner = StoreRunner.silent(store(lab))) {
      RunResult result = run(lab);
      assertThat(result.verdict()).as(result.reason()).isEqualTo(Decision.PROMOTE);
      String remedy =
          " Where the agent emits its output, set OTEL_EXPORTER_OTLP_TRACES_ENDPOINT for its"
              + " runners (docs/guides/store.md).";
      assertThat(warnings(lab))
          .containsOnlyOnce(
              "A rollout of agentlightning's agent support sent no spans: its output is the answer"
                  + " of its last call."
                  + remedy);
      int played = runner.played();
      assertThat(result.remarks())
          .contains(
              "Of %d rollouts of agentlightning's agent support %d sent no spans: their output is the answer of the last call.%s"
                  .formatted(played, played, remedy));
    }
  }

  private static List<String> warnings(RunLab lab) {
    return lab.events.stream()
        .filter(RunEvent.Note.class::isInstance)
        .map(RunEvent.Note.class::cast)
        .filter(note -> note.level().equals("warning"))
        .map(RunEvent.Note::text)
        .toList();
  }

  @Test
  void reinforcement_learning_starts_its_agents_itself_and_refuses_one_in_runners_of_its_own() {
    try (RunLab lab = new RunLab(folder, 40)) {
      lab.agent = new AgentChoice.Agl("support", SECONDS);
      lab.training =
          new TrainingSettings(
              Algorithm.RL,
              Path.of("/models/small"),
              1,
              4,
              4,
              2,
              0,
              1,
              1e-6,
              0,
              0,
              512,
              true,
              Map.of());
      OptimizeRequest request = lab.request();
      assertThatExceptionOfType(BridgeException.class)
          .isThrownBy(
              () ->
                  lab.optimization(new PlayedTraining())
                      .run(request, lab.events::add, lab.cancellation))
          .matches(e -> e.code() == AgentError.UNUSABLE)
          .withMessageContaining("cannot start agentlightning's agent support");
      assertThat(lab.runs.newest(1)).isEmpty();
      assertThat(Json.read(Json.write(request), OptimizeRequest.class)).isEqualTo(request);
    }
  }

  @Test
  void a_rollout_whose_runner_was_killed_is_played_by_the_next_one_and_the_run_goes_on() {
    try (RunLab lab = new RunLab(folder, 40);
        StoreRunner runner = new StoreRunner(store(lab), 2)) {
      RunResult result = run(lab);
      assertThat(result.verdict()).as(result.reason()).isEqualTo(Decision.PROMOTE);
      assertThat(all(lab))
          .hasSize(runner.played())
          .allMatch(rollout -> rollout.status() == RolloutStatus.SUCCEEDED);
      assertThat(all(lab).stream().filter(rollout -> rollout.attempt().number() == 2)).hasSize(2);
    }
  }
}
