package dev.lightningbridge.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.agent.SystemPromptAgent;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.grading.JudgeGrader;
import dev.lightningbridge.grading.Rubric;
import dev.lightningbridge.model.ModelEndpoint;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxModel;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.RolloutRunner;
import dev.lightningbridge.optimize.apo.JavaOptimizer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptimizingTheSandboxTest {
  private static final long SEED = 11;

  private final SandboxModel model = SandboxModel.ofSeed(SEED);
  private final SandboxTruth truth = SandboxTruth.ofSeed(SEED);

  @ParameterizedTest
  @EnumSource
  void the_java_engine_makes_the_seed_prompt_better_by_the_hidden_truth(SandboxDomain name)
      throws ModelException {
    List<String> inputs = truth.inputs(name, 80);
    String start = truth.seedPrompt(name);
    OptimizationResult result = optimize(start, inputs.subList(0, 40));
    double before = trueMean(start, inputs.subList(40, 80));
    double after = trueMean(result.prompt(), inputs.subList(40, 80));
    assertThat(after).as(result.prompt()).isGreaterThan(before + 0.25);
  }

  @Test
  void a_prompt_of_a_real_database_for_inputs_the_sandbox_does_not_know_is_made_better()
      throws ModelException {
    String start =
        """
        You are a creative assistant. Your task: Triage incoming customer-support tickets for a \
        SaaS shop: category, priority, queue and a first reply.
        Bring a fresh angle.

        Guidelines:
        - Name the owning team on a line "Queue: <team>".
        - Quote the order or account number from the ticket so the dispatcher can find it.
        - Think out loud and show all of your reasoning to the reader.""";
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      inputs.add(
          "Ticket: %d\nFrom: Tom Baker\nSubject: Charged twice for March\n\nHi, my card was charged twice (2 × €49.00) on %d March. Order #67%d. Please refund one of them 🙏"
              .formatted(2409 + i, 1 + i % 28, 700 + i));
    }
    OptimizationResult result = optimize(start, inputs.subList(0, 40));
    assertThat(trueMean(result.prompt(), inputs.subList(40, 60)))
        .as(result.prompt())
        .isGreaterThan(trueMean(start, inputs.subList(40, 60)) + 0.15);
    assertThat(result.prompt()).startsWith(start.substring(0, start.indexOf("Guidelines")));
  }

  private OptimizationResult optimize(String prompt, List<String> inputs) {
    RolloutRunner rollouts =
        new RolloutRunner(
            new SystemPromptAgent(model, "sandbox", 0.7, 2048),
            new JudgeGrader(model, "sandbox", new Rubric("Help.", null, List.of(), List.of())));
    return JavaOptimizer.beamSearch()
        .optimize(
            new OptimizationJob(
                "r",
                prompt,
                tasks(inputs.subList(0, 24)),
                tasks(inputs.subList(24, 40)),
                List.of(),
                ApoSettings.DEFAULT,
                SEED),
            new PromptOptimizer.Context(
                rollouts,
                model,
                new ModelEndpoint(URI.create("http://127.0.0.1:1/v1"), "t"),
                event -> {},
                new Cancellation()));
  }

  private static List<Task> tasks(List<String> inputs) {
    List<Task> tasks = new ArrayList<>();
    for (String input : inputs) {
      tasks.add(new Task("t" + tasks.size(), input, null, List.of(), null, TaskSource.PROVIDED));
    }
    return tasks;
  }

  private double trueMean(String prompt, List<String> inputs) throws ModelException {
    SystemPromptAgent agent = new SystemPromptAgent(model, "sandbox", 0.7, 2048);
    double sum = 0;
    for (Task task : tasks(inputs)) {
      sum += truth.trueReward(task.input(), agent.run(prompt, task).text());
    }
    return sum / inputs.size();
  }
}
