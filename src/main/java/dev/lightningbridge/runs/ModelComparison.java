package dev.lightningbridge.runs;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.dataset.Split;
import dev.lightningbridge.optimize.Compared;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.RolloutRunner;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.SealedComparison;
import java.nio.file.Path;
import java.util.Map;

/**
 * Opens the sealed test for a trained model: serves it and its base on this machine, and runs the
 * agent's prompt with both. Every call goes through the run's gateway.
 */
final class ModelComparison {
  private final Engines engines;
  private final TestOpenings openings;

  ModelComparison(Engines engines, TestOpenings openings) {
    this.engines = engines;
    this.openings = openings;
  }

  /** The test of one run. */
  SealedOpening of(RunOutcome outcome, Split split, RunWork.Bench bench) {
    return new SealedOpening(openings, outcome, bench, split.test());
  }

  /** Where the models cannot be served the verdict is HOLD, and says why. */
  RunOutcome.Ended ended(
      RunOutcome outcome,
      SealedOpening opened,
      RegisteredModel model,
      RunGrading grading,
      RunWork.Bench bench) {
    String base = outcome.ownModels().getFirst();
    Map<String, Path> folders =
        Map.of("base", Path.of(model.baseModel()), "trained", Path.of(model.path()));
    bench.events().on(new RunEvent.Note("info", "Loading base and trained model to test them."));
    try (ServedModels served = engines.serve(folders, outcome.training(), bench.cancellation())) {
      bench.models().own().serve(served.model(), Map.of(base, "base", model.name(), "trained"));
      SealedComparison.Result test = tested(opened, outcome, model, grading, bench);
      return outcome
          .judged(
              new OptimizationResult(prompt(outcome), Double.NaN, StopReason.FINISHED),
              null,
              "v1",
              test,
              grading.trust(),
              bench.models().gateway().spent())
          .withDeciding(opened.deciding())
          .withModel(model);
    } catch (CannotServe e) {
      return outcome.notMeasured(
          e.getMessage() + ". " + e.failure.remedy(), model, bench.models().gateway().spent());
    }
  }

  /** The models cannot be served here; what else fails is the run's failure. */
  static final class CannotServe extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient BridgeException failure;

    CannotServe(BridgeException failure) {
      super(failure.what(), failure);
      this.failure = failure;
    }
  }

  private static SealedComparison.Result tested(
      SealedOpening opened,
      RunOutcome outcome,
      RegisteredModel model,
      RunGrading grading,
      RunWork.Bench bench) {
    String prompt = prompt(outcome);
    bench.events().on(new RunEvent.CandidateMade("v0", null, 0, prompt, null));
    bench.events().on(new RunEvent.CandidateMade("v1", "v0", 1, prompt, how(outcome, model)));
    SealedComparison.Result test =
        opened.run(
            new SealedComparison(
                    outcome.request().settings().concurrency(),
                    bench.events(),
                    bench.cancellation(),
                    outcome.request().seed())
                .of(Compared.MODELS),
            contestant("v0", outcome.ownModels().getFirst(), outcome, grading, bench),
            contestant("v1", model.name(), outcome, grading, bench),
            grading);
    bench.models().gateway().throwIfBroken();
    String today = outcome.plan().choice().baseline().model().modelId();
    return new SealedComparison.Result(
        test.verdict()
            .withRemark(
                "The model that the agent uses today, %s, was not part of the test."
                    .formatted(today)),
        test.pairs());
  }

  private static SealedComparison.Contestant contestant(
      String name, String model, RunOutcome outcome, RunGrading grading, RunWork.Bench bench) {
    RolloutRunner rollouts =
        new RolloutRunner(bench.agents().withOwn(model), grading.trust().grader());
    return new SealedComparison.Contestant(name, prompt(outcome), rollouts);
  }

  private static String how(RunOutcome outcome, RegisteredModel model) {
    return "The same prompt, with the model %s that %s made of %s."
        .formatted(model.name(), outcome.engine(), model.baseModel());
  }

  private static String prompt(RunOutcome outcome) {
    return outcome.plan().choice().baseline().systemPrompt();
  }
}
