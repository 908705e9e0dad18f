package dev.lightningbridge.lightning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.agent.AgentRunner;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.grading.Grade;
import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.lightning.ScriptedEndpoint.Answer;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxModel;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.PromptOptimizer.Context;
import dev.lightningbridge.optimize.RolloutRunner;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** The whole default search on the sandbox: as much as a demo does, and held out inputs decide. */
@Tag("python")
@Timeout(300)
class SandboxSearchTest {
  private static final long SEED = 0;

  private final SandboxModel model = SandboxModel.ofSeed(SEED);
  private final SandboxTruth truth = SandboxTruth.ofSeed(SEED);
  private final List<String> inputs = truth.inputs(SandboxDomain.TRIAGE, 156);
  private final AtomicInteger rollouts = new AtomicInteger();

  @Test
  void the_default_search_makes_held_out_inputs_much_better(TestReporter reporter)
      throws Exception {
    assumeTrue(System.getenv(PythonEnvironment.VARIABLE) != null, "needs the APO environment");
    String seedPrompt = truth.seedPrompt(SandboxDomain.TRIAGE);
    OptimizationJob job =
        new OptimizationJob(
            "run", seedPrompt, tasks(0, 40), tasks(40, 56), ApoSettings.DEFAULT, SEED);
    long begun = System.nanoTime();
    OptimizationResult result;
    try (ScriptedEndpoint endpoint = new ScriptedEndpoint(this::critiqueOrEdit)) {
      result =
          new AgentLightningOptimizer(PythonEnvironment.find(System.getenv()))
              .optimize(
                  job,
                  new Context(
                      new RolloutRunner(this::run, new TrueReward()),
                      model,
                      endpoint.endpoint(),
                      event -> {},
                      new Cancellation()));
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    double before = heldOut(seedPrompt);
    double after = heldOut(result.prompt());
    reporter.publishEntry(
        "figures",
        String.format(
            Locale.ROOT,
            "%d rollouts, %.1f s, held out %.3f -> %.3f, validation %.3f",
            rollouts.get(),
            seconds,
            before,
            after,
            result.validationScore()));

    assertThat(rollouts).hasValue(424);
    assertThat(after).isGreaterThan(before + 0.2);
  }

  private Answer critiqueOrEdit(ObjectNode body) {
    boolean critic = body.path("model").asText().equals(WorkerJob.CRITIC_MODEL);
    try {
      ModelRole role = critic ? ModelRole.CRITIC : ModelRole.EDITOR;
      return Answer.text(model.complete(new ChatRequest(role, body)).text());
    } catch (ModelException e) {
      return Answer.error(500, e.kind().name());
    }
  }

  private AgentRunner.Output run(String prompt, Task task) throws ModelException {
    rollouts.incrementAndGet();
    String answer = answer(prompt, task.input());
    return new AgentRunner.Output(
        List.of(
            new Message("system", prompt),
            new Message("user", task.input()),
            new Message("assistant", answer)),
        answer);
  }

  private String answer(String prompt, String input) throws ModelException {
    return model
        .complete(ChatRequest.of(ModelRole.WORKER, "sandbox-worker", prompt, input, 0))
        .text();
  }

  private double heldOut(String prompt) throws ModelException {
    double sum = 0;
    for (String input : inputs.subList(56, 156)) {
      sum += truth.trueReward(input, answer(prompt, input));
    }
    return sum / 100;
  }

  private List<Task> tasks(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                new Task(
                    "task-" + i, inputs.get(i), null, List.of(), null, TaskSource.SYNTHETIC))
        .toList();
  }

  private final class TrueReward implements Grader {
    @Override
    public String name() {
      return "truth";
    }

    @Override
    public boolean exact() {
      return true;
    }

    @Override
    public Grade grade(Task task, String output) {
      return new Grade(
          truth.trueReward(task.input(), output),
          String.join(" ", truth.violated(task.input(), output)));
    }
  }
}
