package dev.lightningbridge.runs.training;

import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.RolloutRunner;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.Compared;
import dev.lightningbridge.optimize.verdict.SealedComparison;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.runs.ending.Endings;
import dev.lightningbridge.runs.ending.RegisteredModel;
import dev.lightningbridge.runs.ending.RunOutcome;
import dev.lightningbridge.runs.ending.SealedOpening;
import dev.lightningbridge.runs.judging.RunBench;
import dev.lightningbridge.runs.judging.RunGrading;
import dev.lightningbridge.runs.ledger.TestOpenings;
import java.nio.file.Path;
import java.util.Map;

/**
 * Opens the sealed test for a trained model: serves it and its base on this machine, and runs the
 * agent's prompt with both. Every call goes through the run's gateway.
 */
public final class ModelComparison {
  private final Trainers trainers;
  private final TestOpenings openings;

  public ModelComparison(Trainers trainers, TestOpenings openings) {
    this.trainers = trainers;
    this.openings = openings;
  }

  /** The test of one run. */
  SealedOpening of(BegunRun run, Split split, RunBench bench) {
    return new SealedOpening(openings, run, bench, split.test());
  }

  /** Where the models cannot be served the verdict is HOLD, and says why. */
  RunOutcome decided(
      BegunRun run,
      SealedOpening opened,
      RegisteredModel model,
      RunGrading grading,
      RunBench bench) {
    String base = run.ownModels().getFirst();
    Map<String, Path> folders =
        Map.of("base", Path.of(model.baseModel()), "trained", Path.of(model.path()));
    bench.events().on(new RunEvent.Note("info", "Loading base and trained model to test them."));
    try (ServedModels served = trainers.serve(folders, run.training(), bench.cancellation())) {
      bench.models().own().serve(served.model(), Map.of(base, "base", model.name(), "trained"));
      SealedComparison.Result test = tested(opened, run, model, grading, bench);
      return new Endings(run)
          .judged(
              new OptimizationResult(prompt(run), Double.NaN, StopReason.FINISHED),
              null,
              "v1",
              test,
              grading.trust(),
              bench.models().gateway().spent())
          .withDeciding(opened.deciding())
          .withModel(model);
    } catch (Trainers.CannotServe e) {
      return new Endings(run)
          .notMeasured(e.getMessage() + ". " + e.remedy(), model, bench.models().gateway().spent());
    }
  }

  private static SealedComparison.Result tested(
      SealedOpening opened,
      BegunRun run,
      RegisteredModel model,
      RunGrading grading,
      RunBench bench) {
    String prompt = prompt(run);
    bench.events().on(new RunEvent.CandidateMade("v0", null, 0, prompt, null));
    bench.events().on(new RunEvent.CandidateMade("v1", "v0", 1, prompt, how(run, model)));
    SealedComparison.Result test =
        opened.run(
            new SealedComparison(
                    run.request().settings().concurrency(),
                    bench.events(),
                    bench.cancellation(),
                    run.request().seed())
                .of(Compared.MODELS),
            contestant("v0", run.ownModels().getFirst(), run, grading, bench),
            contestant("v1", model.name(), run, grading, bench),
            grading);
    bench.models().gateway().throwIfBroken();
    String today = run.plan().choice().baseline().model().modelId();
    return new SealedComparison.Result(
        test.verdict()
            .withRemark(
                "The model that the agent uses today, %s, was not part of the test."
                    .formatted(today)),
        test.pairs());
  }

  private static SealedComparison.Contestant contestant(
      String name, String model, BegunRun run, RunGrading grading, RunBench bench) {
    RolloutRunner rollouts =
        new RolloutRunner(bench.agents().withOwn(model), grading.trust().grader());
    return new SealedComparison.Contestant(name, prompt(run), rollouts);
  }

  private static String how(BegunRun run, RegisteredModel model) {
    return "The same prompt, with the model %s that %s made of %s."
        .formatted(model.name(), run.engine(), model.baseModel());
  }

  private static String prompt(BegunRun run) {
    return run.plan().choice().baseline().systemPrompt();
  }
}
