package dev.lightningbridge.lightning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.PromptOptimizer.Context;
import dev.lightningbridge.optimize.RunEvent;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run followed in its worker: everything that happens comes through one queue, in order. */
final class WorkerRun {
  /** What wakes the follower. */
  private sealed interface Incoming {
    record Message(JsonNode json) implements Incoming {}

    record Event(RunEvent event) implements Incoming {}

    record Broken(RuntimeException failure) implements Incoming {}

    record Cancel() implements Incoming {}

    record Ended() implements Incoming {}
  }

  private final PythonEnvironment environment;
  private final WorkerSettings settings;
  private final OptimizationJob job;
  private final Context context;
  private final BlockingQueue<Incoming> incoming = new LinkedBlockingQueue<>();
  private final WorkerWatch watch;
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
    this.watch = new WorkerWatch(settings, System::nanoTime);
    this.best = new BestSoFar(job.seedPrompt());
  }

  /** Runs the worker to its end. */
  OptimizationResult follow() {
    ObjectNode configuration =
        WorkerJob.configuration(environment, settings, job, context.endpoint());
    try (Worker worker =
            Worker.start(
                configuration,
                json -> incoming.add(new Incoming.Message(json)),
                () -> incoming.add(new Incoming.Ended()));
        WorkerRollouts rollouts =
            new WorkerRollouts(
                job,
                context,
                worker::send,
                event -> incoming.add(new Incoming.Event(event)),
                failure -> incoming.add(new Incoming.Broken(failure)));
        Cancellation.Registration registered =
            context.cancellation().onRequest(() -> incoming.add(new Incoming.Cancel()))) {
      return follow(worker, rollouts);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return best.as(StopReason.CANCELLED);
    }
  }

  private OptimizationResult follow(Worker worker, WorkerRollouts rollouts)
      throws InterruptedException {
    boolean ended = false;
    try {
      while (true) {
        Incoming next = incoming.poll(500, TimeUnit.MILLISECONDS);
        OptimizationResult result = next == null ? null : take(next, worker, rollouts);
        if (result != null) {
          ended = true;
          return result;
        }
        // With messages still to be read, their lateness may be this process's own.
        String hung = incoming.isEmpty() ? watch.problem(rollouts.running()) : null;
        if (hung != null) {
          return gaveUp(worker, hung);
        }
      }
    } finally {
      if (!ended) {
        worker.kill();
      }
    }
  }

  private @Nullable OptimizationResult take(Incoming next, Worker worker, WorkerRollouts rollouts)
      throws InterruptedException {
    switch (next) {
      case Incoming.Message message -> {
        return heard(message.json(), worker, rollouts);
      }
      case Incoming.Event event -> context.events().on(event.event());
      case Incoming.Broken broken -> throw broken.failure();
      case Incoming.Cancel cancel -> {
        watch.cancelled();
        worker.send(Json.mapper().createObjectNode().put("type", "cancel"));
      }
      case Incoming.Ended ended -> {
        return died(worker);
      }
    }
    return null;
  }

  private @Nullable OptimizationResult heard(
      JsonNode json, Worker worker, WorkerRollouts rollouts) {
    String type = json.path("type").asText();
    switch (type) {
      case "heartbeat" -> watch.heartbeat(json.path("pythonSilentMs").asLong());
      case "rollout" -> {
        watch.progress();
        rollouts.run(json.path("id").asLong(), json.path("request"));
      }
      case "result" -> {
        return WorkerResults.of(json.path("result"), worker.lastLines());
      }
      case "not_started" ->
          throw WorkerResults.error(
              LightningError.WORKER_NOT_STARTED,
              "Python could not be started: " + json.path("why").asText(),
              environment.home().toString(),
              "Run scripts/setup to mend the environment.",
              worker.lastLines());
      default -> {
        watch.progress();
        RunEvent event = WorkerEvents.of(json);
        if (event instanceof RunEvent.EngineStarted) {
          watch.started();
        }
        best.see(event);
        context.events().on(event);
      }
    }
    return null;
  }

  private OptimizationResult died(Worker worker) throws InterruptedException {
    int status = worker.exitStatus();
    if (context.cancellation().isRequested()) {
      return best.as(StopReason.CANCELLED);
    }
    throw WorkerResults.error(
        LightningError.WORKER_DIED,
        "the worker process died with status " + status + " before its run had ended",
        "run " + job.runId(),
        "Start the run again; what it had found is in `runs show`.",
        worker.lastLines());
  }

  private OptimizationResult gaveUp(Worker worker, String hung) {
    if (context.cancellation().isRequested()) {
      return best.as(StopReason.CANCELLED);
    }
    throw WorkerResults.error(
        LightningError.WORKER_HUNG,
        "the worker process was ended: " + hung,
        "run " + job.runId(),
        "Start the run again; what it had found is in `runs show`.",
        worker.lastLines());
  }
}
