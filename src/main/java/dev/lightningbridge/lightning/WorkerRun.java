package dev.lightningbridge.lightning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.optimize.GuardedEdits;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.PromptOptimizer.Context;
import dev.lightningbridge.optimize.RunEvent;

/** One search of the real APO, followed in its worker. */
final class WorkerRun {
  private final PythonEnvironment environment;
  private final WorkerSettings settings;
  private final OptimizationJob job;
  private final Context context;
  private final BestSoFar best;

  WorkerRun(
      PythonEnvironment environment,
      WorkerSettings settings,
      OptimizationJob job,
      Context context) {
    this.environment = environment;
    this.settings = settings;
    this.job = job;
    this.context = context;
    this.best = new BestSoFar(job.seedPrompt());
  }

  /** Runs the worker to its end. */
  OptimizationResult follow() {
    ObjectNode configuration =
        WorkerJob.configuration(environment, settings, job, context.endpoint());
    WorkerFollower follower =
        new WorkerFollower(
            new WorkerFollower.Job(job.runId(), "agentlightning", environment),
            settings,
            this::tell,
            context.cancellation());
    GuardedEdits edits = new GuardedEdits(job.guard(), follower::tell);
    return follower
        .follow(
            configuration,
            send -> new WorkerRollouts(job, context, send, follower::tell, edits, follower::fail))
        .map(WorkerResults::of)
        .orElseGet(() -> best.as(StopReason.CANCELLED))
        .withRemarks(edits.remarks());
  }

  private void tell(RunEvent event) {
    best.see(event);
    context.events().on(event);
  }
}
