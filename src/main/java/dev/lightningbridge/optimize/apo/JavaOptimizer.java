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
  private final SearchStrategy strategy;
  private final boolean remembers;

  private JavaOptimizer(SearchStrategy strategy, boolean remembers) {
    this.strategy = strategy;
    this.remembers = remembers;
  }

  /** The algorithm of agentlightning's APO. */
  public static JavaOptimizer beamSearch() {
    return new JavaOptimizer(new BeamSearch(), false);
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
    context.events().on(new RunEvent.EngineStarted(name(), strategy.describe(job)));
    try (Workbench bench = new Workbench(job, context, remembers)) {
      try {
        strategy.search(job, bench, Choices.by(new SplittableRandom(job.seed())));
        return bench.result(StopReason.FINISHED);
      } catch (SearchStopped e) {
        return bench.result(e.reason());
      }
    }
  }
}
