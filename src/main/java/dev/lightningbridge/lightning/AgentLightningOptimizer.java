package dev.lightningbridge.lightning;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.PromptOptimizer;

/**
 * Microsoft's real agentlightning APO 0.3.0, in a CPython that a worker process embeds through Jep.
 *
 * <p>The search is agentlightning's; rollouts are run and graded here, and its critic and editor
 * are called at the context's endpoint. With the same seed and the same answers of the models the
 * same candidates are made, however many rollouts run at the same time. Whatever becomes of the
 * worker, this process lives on.
 */
public final class AgentLightningOptimizer implements PromptOptimizer {
  private final PythonEnvironment environment;
  private final WorkerSettings settings;

  public AgentLightningOptimizer(PythonEnvironment environment) {
    this(environment, WorkerSettings.DEFAULT);
  }

  AgentLightningOptimizer(PythonEnvironment environment, WorkerSettings settings) {
    this.environment = environment;
    this.settings = settings;
  }

  @Override
  public String name() {
    return "agentlightning";
  }

  /**
   * Searches. The scores are means over the rollouts that have a reward.
   *
   * @throws BridgeException one of {@link LightningError}
   */
  @Override
  public OptimizationResult optimize(OptimizationJob job, Context context) {
    if (job.train().isEmpty() || job.validation().isEmpty()) {
      throw new BridgeException(
          LightningError.NO_TASKS,
          "%d training and %d validation tasks are too few to search with"
              .formatted(job.train().size(), job.validation().size()),
          "run " + job.runId(),
          "Give more distinct inputs, for example with --tasks FILE.jsonl.");
    }
    if (context.cancellation().isRequested()) {
      return new OptimizationResult(job.seedPrompt(), Double.NaN, StopReason.CANCELLED);
    }
    return new WorkerRun(environment, settings, job, context).follow();
  }
}
