package dev.lightningbridge.lightning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.agent.SystemPromptAgent;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.model.CallJournal;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.GatewayEndpoint;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelGateway;
import dev.lightningbridge.model.ModelNames;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxModel;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import dev.lightningbridge.needs.Environments;
import dev.lightningbridge.needs.NeedsEnvironment;
import dev.lightningbridge.needs.StartsWorkers;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.PromptOptimizer.Context;
import dev.lightningbridge.optimize.RolloutRunner;
import dev.lightningbridge.optimize.RunEvent;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/** The real APO on the sandbox, with every call through the gateway. */
@NeedsEnvironment(EnvironmentKind.APO)
@Timeout(300)
@StartsWorkers
class GatewaySearchTest {
  private static final long SEED = 0;
  private static final ApoSettings SMALL = new ApoSettings(2, 2, 1, 2, 4, 1.0, 4);

  private final SandboxModel sandbox = SandboxModel.ofSeed(SEED);
  private final SandboxTruth truth = SandboxTruth.ofSeed(SEED);
  private final List<String> inputs = truth.inputs(SandboxDomain.TRIAGE, 156);
  private final AtomicInteger sent = new AtomicInteger();
  private final ChatModel upstream =
      request -> {
        sent.incrementAndGet();
        return sandbox.complete(request);
      };

  @Test
  void the_default_search_makes_held_out_inputs_much_better(TestReporter reporter) {
    long begun = System.nanoTime();
    OptimizationResult result = new Search(ApoSettings.DEFAULT).run();
    double seconds = (System.nanoTime() - begun) / 1e9;
    double before = heldOut(truth.seedPrompt(SandboxDomain.TRIAGE));
    double after = heldOut(result.prompt());
    reporter.publishEntry(
        "figures",
        String.format(
            Locale.ROOT,
            "%.1f s, held out %.3f -> %.3f, validation %.3f",
            seconds,
            before,
            after,
            result.validationScore()));

    assertThat(sent).as("rollouts, critiques and edits").hasValue(424 + 24 + 24 + 200);
    assertThat(after).isGreaterThan(before + 0.2);
  }

  @Test
  void a_budget_of_calls_is_never_passed_and_the_run_ends_in_order() {
    Search search = new Search(SMALL);
    search.limits = new Limits(40L, null, null);

    OptimizationResult result = search.run();

    assertThat(result.stopReason()).isEqualTo(StopReason.BUDGET_EXHAUSTED);
    assertThat(result.validationScore()).isNotNaN();
    assertThat(sent.get()).isLessThanOrEqualTo(40);
  }

  @Test
  void a_run_that_was_cut_off_is_taken_up_without_a_call_made_twice() {
    OptimizationResult whole = new Search(SMALL).run();
    int calls = sent.getAndSet(0);
    Search cutOff = new Search(SMALL);
    cutOff.onEvent =
        event -> {
          if (event instanceof RunEvent.RoundFinished) {
            cutOff.cancellation.request();
          }
        };
    assertThat(cutOff.run().stopReason()).isEqualTo(StopReason.CANCELLED);
    assertThat(sent.get()).isBetween(1, calls - 1);

    Search resumed = new Search(SMALL);
    resumed.journal = cutOff.journal;

    assertThat(resumed.run()).isEqualTo(whole);
    // What was under way when the run was cut off may have to be asked again.
    assertThat(sent.get()).isBetween(calls, calls + SMALL.concurrency());
  }

  private double heldOut(String prompt) {
    RolloutRunner runner =
        new RolloutRunner(
            new SystemPromptAgent(upstream, "worker", 0.0, null), new TrueReward(truth));
    return tasks(56, 156).stream()
        .mapToDouble(
            task -> {
              try {
                return runner.run(prompt, task).reward().orElseThrow();
              } catch (ModelException e) {
                throw new IllegalStateException(e);
              }
            })
        .average()
        .orElseThrow();
  }

  private List<Task> tasks(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i -> new Task("task-" + i, inputs.get(i), null, List.of(), null, TaskSource.SYNTHETIC))
        .toList();
  }

  /** One run with its gateway. */
  private final class Search {
    private final ApoSettings settings;
    private final Cancellation cancellation = new Cancellation();
    private Limits limits = Limits.NONE;
    private CallJournal journal = CallJournal.inMemory();
    private RunEvent.Listener onEvent = event -> {};

    private Search(ApoSettings settings) {
      this.settings = settings;
    }

    private OptimizationResult run() {
      OptimizationJob job =
          new OptimizationJob(
              "run",
              truth.seedPrompt(SandboxDomain.TRIAGE),
              tasks(0, 40),
              settings == SMALL ? tasks(40, 46) : tasks(40, 56),
              List.of(),
              settings,
              SEED);
      try (ModelGateway gateway =
              ModelGateway.before(upstream)
                  .names(ModelNames.sandbox())
                  .limits(limits)
                  .journal(journal)
                  .cancellation(cancellation)
                  .build();
          GatewayEndpoint endpoint = GatewayEndpoint.before(gateway).open()) {
        return new AgentLightningOptimizer(Environments.of(EnvironmentKind.APO))
            .optimize(
                job,
                new Context(
                    new RolloutRunner(
                        new SystemPromptAgent(gateway, "sandbox-worker", 0.0, null),
                        new TrueReward(truth)),
                    gateway,
                    endpoint.endpoint(),
                    onEvent,
                    cancellation));
      }
    }
  }
}
