package dev.lightningbridge.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.agent.AgentChoice;
import dev.lightningbridge.agent.AgentError;
import dev.lightningbridge.agent.NamedAgents;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.TrainingSettings;
import dev.lightningbridge.optimize.verdict.Verdict.Decision;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.models.RunEstimate;
import dev.lightningbridge.runs.request.OptimizeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose agent is a program, which counts how often it is started. */
@Timeout(180)
class AgentRunsTest {
  private static final String BEST = RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE);

  @TempDir Path folder;
  private AgentChoice agent = new AgentChoice.Prompt();

  @BeforeEach
  void aScript() throws IOException {
    Path curl = Path.of("docs/examples/agent_curl.sh").toAbsolutePath();
    Path script =
        Files.writeString(
            folder.resolve("agent.sh"),
            "echo started >> %s\nexec sh %s\n".formatted(folder.resolve("started"), curl));
    agent = new AgentChoice.Command(List.of("sh", script.toString()), folder, 60);
  }

  private int started() throws IOException {
    return Files.readAllLines(folder.resolve("started")).size();
  }

  private static PromptOptimizer searching(int rollouts, boolean breaks) {
    return RunLab.engine(
        (job, context) -> {
          try {
            for (Task task : job.train().subList(0, rollouts)) {
              context.rollouts().run(job.seedPrompt(), task);
            }
          } catch (ModelException e) {
            throw new IllegalStateException(e);
          }
          if (breaks) {
            throw new IllegalStateException("the power is gone");
          }
          context.events().on(new RunEvent.CandidateMade("v1", "v0", 1, BEST, "Say JSON."));
          return new OptimizationResult(BEST, 0.9, StopReason.FINISHED);
        });
  }

  @Test
  void aResumedRunRepeatsNoFinishedRolloutAndNamesWhatWasTested() throws IOException {
    try (RunLab lab = new RunLab(folder, 40)) {
      lab.agent = agent;
      lab.acceptJudge = true;
      assertThatThrownBy(() -> lab.run(searching(6, true), lab.request(Limits.NONE, false, null)))
          .hasMessage("the power is gone");
      int lookAtTheStart = 4;
      assertThat(started()).isEqualTo(lookAtTheStart + 6);
      long calls = lab.runs.spending().of(lab.runs.newest(1).get(0).id()).calls();

      RunResult result = lab.resume(searching(8, false), lab.runs.newest(1).get(0).id());

      assertThat(result.verdict()).isEqualTo(Decision.PROMOTE);
      assertThat(Json.write(result)).contains("What was tested is the agent's command");
      assertThat(started()).isEqualTo(lookAtTheStart + 8 + 2 * result.test().n());
      assertThat(result.calls())
          .as("what was answered before is asked no more")
          .isEqualTo(calls + 4 + 4L * result.test().n());
    }
  }

  @Test
  void theSealedTestOfReinforcementLearningRunsTheAgentThatWasTrained() throws IOException {
    try (RunLab lab = new RunLab(folder, 60)) {
      lab.acceptJudge = true;
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
              Map.of("agent.command", "sh " + folder.resolve("agent.sh")));
      PlayedTraining engines = new PlayedTraining();

      RunResult result =
          lab.optimization(engines).run(lab.request(), lab.events::add, lab.cancellation);

      assertThat(result.verdict()).as(result.reason()).isEqualTo(Decision.PROMOTE);
      assertThat(result.remarks())
          .contains(
              "What was tested is the agent's command \"sh %s\"."
                  .formatted(folder.resolve("agent.sh")));
      assertThat(started()).isEqualTo(2 * result.test().n());
      assertThat(engines.trained.getFirst().agent().inWords()).contains("agent.sh");
    }
  }

  @Test
  void anAgentWithToolsIsTheProgramsOwnAffairAndAProgramThatIsNotThereIsSeenFirst() {
    try (RunLab lab = new RunLab(folder, 40)) {
      lab.agent = new AgentChoice.Command(List.of("no-such-program"), folder, 60);
      assertThatThrownBy(() -> lab.run(searching(1, false), lab.request()))
          .isInstanceOfSatisfying(
              BridgeException.class, e -> assertThat(e.code()).isEqualTo(AgentError.UNUSABLE));
      assertThat(lab.runs.newest(1)).isEmpty();
    }
  }

  @Test
  void theEstimateOfAProgramIsTheLeast() {
    try (RunLab lab = new RunLab(folder, 40)) {
      long ofPrompt = lab.optimization(searching(1, false)).estimate(lab.request()).calls();
      lab.agent = agent;
      RunEstimate estimate = lab.optimization(searching(1, false)).estimate(lab.request());
      assertThat(estimate.atLeast()).isTrue();
      assertThat(estimate.calls()).isEqualTo(ofPrompt);
    }
  }

  @Test
  void aRequestKeptByAnEarlierReleaseHasThePromptAsItsAgent() {
    try (RunLab lab = new RunLab(folder, 40)) {
      ObjectNode kept = Json.mapper().valueToTree(lab.request());
      kept.remove("agent");
      assertThat(Json.read(kept.toString(), OptimizeRequest.class).agent().isPrompt()).isTrue();
      OptimizeRequest named = lab.request().withAgent(agent);
      assertThat(Json.read(Json.write(named), OptimizeRequest.class)).isEqualTo(named);
    }
  }

  @Test
  void aServerRunsNoAgentThatItsConfigurationDoesNotHave() {
    NamedAgents agents = new NamedAgents(Map.of("support", agent, "billing", agent));
    agents.check(agent);
    agents.check(new AgentChoice.Prompt());
    assertThatThrownBy(() -> agents.check(AgentChoice.Command.of("rm -rf x", 60)))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("the server is not configured for the agent's command \"rm -rf x\"");
    assertThatThrownBy(() -> agents.of("suport"))
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> assertThat(e.remedy()).isEqualTo("Name one of: billing, support."));
  }
}
