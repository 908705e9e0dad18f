package dev.lightningbridge.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ChatAnswer;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.GatewayEndpoint;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.Usage;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.PromptRules;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.RolloutCounts;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.OptimizeRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs against a real endpoint whose filter refuses and whose limit cuts answers off. */
@Timeout(120)
class RolloutsOfARunTest {
  private static final String BETTER = "Answer billing.";

  /** Tells what it does, as engines do, and finds the better prompt. */
  private static final PromptOptimizer ENGINE =
      RunLab.engine(
          (job, context) -> {
            try {
              for (Task task : job.validation()) {
                Rollout rollout = context.rollouts().run(job.seedPrompt(), task);
                context.events().on(RunEvent.RolloutFinished.of("v0", rollout));
              }
            } catch (ModelException e) {
              throw new IllegalStateException(e);
            }
            context.events().on(new RunEvent.CandidateMade("v1", "v0", 1, BETTER, "Say billing."));
            return new OptimizationResult(BETTER, 0.9, StopReason.FINISHED);
          });

  @TempDir Path folder;

  /**
   * Refuses about a third of the inputs with the current prompt, and cuts as many off with the
   * other.
   */
  private static ChatModel filtered() {
    return request -> {
      String messages = request.body().path("messages").toString();
      CRC32 sum = new CRC32();
      sum.update(messages.getBytes(StandardCharsets.UTF_8));
      long number = sum.getValue();
      boolean better = messages.contains(BETTER);
      boolean test = messages.contains("test of the connection");
      String finish =
          test
              ? "stop"
              : !better && number % 3 == 0
                  ? "content_filter"
                  : better && number % 3 == 0 ? "length" : "stop";
      ObjectNode body = Json.mapper().createObjectNode();
      body.putArray("choices")
          .addObject()
          .put("finish_reason", finish)
          .putObject("message")
          .put("content", better ? "billing" : "other");
      return new ChatAnswer(body, new Usage(1, 1, true));
    };
  }

  private RunResult run() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (String input : RunLab.TRUTH.inputs(SandboxDomain.TRIAGE, 60)) {
      lines.append(Json.write(Map.of("input", input, "expected", "billing"))).append('\n');
    }
    Path tasks = Files.writeString(folder.resolve("tasks.jsonl"), lines);
    try (GatewayEndpoint server = GatewayEndpoint.before(filtered()).withoutToken().open();
        RunLab lab = new RunLab(folder, 1)) {
      OptimizeRequest request =
          lab.request(
                  new ModelAccess.Endpoint(
                      server.endpoint().baseUrl().toString(), "NO_SUCH_VARIABLE", null, null),
                  "contains",
                  Limits.NONE,
                  false,
                  tasks,
                  0)
              .withRules(new PromptRules(List.of(), null, true));
      RunResult result = lab.run(ENGINE, request);
      assertThat(Json.read(lab.runs.get(result.runId()).resultJson(), RunResult.class).rollouts())
          .isEqualTo(result.rollouts());
      assertThat(lab.runs.spending().roles(result.runId()))
          .filteredOn(role -> role.role() == ModelRole.WORKER)
          .singleElement()
          .satisfies(
              role ->
                  assertThat(role.refused())
                      .isEqualTo(result.rollouts().all().refused())
                      .isPositive());
      assertThat(Files.readString(Path.of(result.report())))
          .containsPattern("Worker: runs the agent</th><td class=\"n\">[\\d,]+, \\d+ refused</td>")
          .contains(
              "What became of the rollouts", "<th scope=\"row\">Search</th>", "refused less often");
      return result;
    }
  }

  @Test
  void refusals_and_answers_cut_off_are_counted_for_the_search_and_for_both_prompts()
      throws Exception {
    RunResult result = run();

    RolloutCounts search = result.rollouts().search();
    RolloutCounts baseline = result.rollouts().baseline();
    RolloutCounts winner = result.rollouts().winner();
    assertThat(result.test()).isNotNull();
    assertThat(baseline.rollouts()).isEqualTo(result.tasks().test());
    assertThat(winner.rollouts()).isEqualTo(result.tasks().test());
    assertThat(search.rollouts())
        .as("with those of the look at the start that no engine asked for")
        .isEqualTo(result.tasks().validation() + result.tasks().train());
    assertThat(search.refused()).isPositive();
    assertThat(baseline.refused()).isBetween(1, baseline.rollouts() - 1);
    assertThat(baseline.cutOff()).isZero();
    assertThat(winner.refused()).isZero();
    assertThat(winner.cutOff()).isBetween(1, winner.rollouts() - 1);
    assertThat(winner.leftOut()).as("what was said before the limit is graded").isZero();
    assertThat(result.remarks())
        .anySatisfy(
            remark ->
                assertThat(remark)
                    .startsWith(
                        "Of %d rollouts each, with the new prompt".formatted(winner.rollouts()))
                    .contains("%d cut off".formatted(winner.cutOff()))
                    .contains("%d refused".formatted(baseline.refused())))
        .anySatisfy(
            remark -> assertThat(remark).startsWith("The new prompt is refused less often"));
  }

  @Test
  void a_result_of_an_earlier_version_has_none() {
    ObjectNode json =
        Json.read("{\"rollouts\": null, \"remarks\": [], \"groups\": []}", ObjectNode.class);

    assertThat(Json.read(json.toString(), RunResult.class).rollouts().all().rollouts()).isZero();
  }
}
