package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.RunEvent;
import java.util.SplittableRandom;

/**
 * The engine that needs no Python. It finds the same, call for call, whenever the job, its seed and
 * the models' answers are the same, however many calls are made at a time.
 */
public final class JavaOptimizer implements PromptOptimizer {
  private final EngineSearch strategy;

  private JavaOptimizer(EngineSearch strategy) {
    this.strategy = strategy;
  }

  /** The algorithm of agentlightning's APO. */
  public static JavaOptimizer beamSearch() {
    return new JavaOptimizer(new BeamSearch());
  }

  /** A race of few challengers at a time against the best prompt so far: the better of the two. */
  public static JavaOptimizer racing() {
    return racing(RacingSettings.DEFAULT);
  }

  public static JavaOptimizer racing(RacingSettings settings) {
    return new JavaOptimizer(new Racing(settings));
  }

  @Override
  public String name() {
    return "java";
  }

  @Override
  public OptimizationResult optimize(OptimizationJob job, Context context) {
    if (job.train().isEmpty() || job.validation().isEmpty()) {
      throw new BridgeException(
          SearchError.NO_TASKS,
          "There are %d training and %d validation tasks"
              .formatted(job.train().size(), job.validation().size()),
          "run " + job.runId(),
          "Give more tasks with different inputs (--tasks FILE.jsonl).");
    }
    EngineSearch.Plan plan = strategy.plan(job);
    context.events().on(new RunEvent.EngineStarted(name(), plan.description()));
    try (Workbench bench = new Workbench(job, context, plan)) {
      try {
        strategy.search(job, bench, Choices.by(new SplittableRandom(job.seed())));
        return bench.result(StopReason.FINISHED);
      } catch (SearchStopped e) {
        return bench.result(e.reason());
      }
    }
  }
}
