package dev.lightningbridge.lightning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.optimize.RunEvent;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Follows one job in its worker: everything that happens comes through one queue, in order. When it
 * returns or throws, the worker process is gone.
 */
final class WorkerFollower {
  /** What wakes the follower. */
  private sealed interface Incoming {
    record Message(JsonNode json) implements Incoming {}

    record Event(RunEvent event) implements Incoming {}

    record Broken(RuntimeException failure) implements Incoming {}

    record Cancel() implements Incoming {}

    record Ended() implements Incoming {}
  }

  /** Does what a worker asks for. */
  interface Requests extends AutoCloseable {
    /** Does it, and sends the answer under this number. */
    void run(long id, JsonNode request);

    /** How many are being done. */
    int running();

    @Override
    void close() throws InterruptedException;
  }

  /**
   * A job as it is talked of.
   *
   * @param runId of the run that it is part of
   * @param program what Python runs, such as agentlightning
   */
  record Job(String runId, String program, PythonEnvironment environment) {}

  private final Job job;
  private final Consumer<RunEvent> events;
  private final Cancellation cancellation;
  private final WorkerWatch watch;
  private final BlockingQueue<Incoming> incoming = new LinkedBlockingQueue<>();

  WorkerFollower(
      Job job, WorkerSettings settings, Consumer<RunEvent> events, Cancellation cancellation) {
    this.job = job;
    this.events = events;
    this.cancellation = cancellation;
    this.watch = new WorkerWatch(settings, System::nanoTime);
  }

  /** Tells an event in its turn. */
  void tell(RunEvent event) {
    incoming.add(new Incoming.Event(event));
  }

  /** Ends the job with a failure of this process. */
  void fail(RuntimeException failure) {
    incoming.add(new Incoming.Broken(failure));
  }

  /**
   * Runs the worker to its end.
   *
   * @param asked does what the worker asks for, sending its answers to what it is given
   * @return the worker's result; empty where the job was cancelled and the worker gave none
   * @throws BridgeException one of {@link LightningError}
   */
  Optional<JsonNode> follow(
      ObjectNode configuration, Function<Consumer<JsonNode>, Requests> asked) {
    try (Worker worker =
            Worker.start(
                configuration,
                json -> incoming.add(new Incoming.Message(json)),
                () -> incoming.add(new Incoming.Ended()));
        Requests requests = asked.apply(worker::send);
        Cancellation.Registration registered =
            cancellation.onRequest(() -> incoming.add(new Incoming.Cancel()))) {
      return follow(worker, requests);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private Optional<JsonNode> follow(Worker worker, Requests requests) throws InterruptedException {
    boolean ended = false;
    try {
      while (true) {
        Incoming next = incoming.poll(500, TimeUnit.MILLISECONDS);
        if (next instanceof Incoming.Ended) {
          return died(worker);
        }
        JsonNode result = next == null ? null : take(next, worker, requests);
        if (result != null) {
          ended = true;
          return Optional.of(result);
        }
        // With messages still to be read, their lateness may be this process's own.
        String hung = incoming.isEmpty() ? watch.problem(requests.running()) : null;
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

  private @Nullable JsonNode take(Incoming next, Worker worker, Requests requests)
      throws InterruptedException {
    switch (next) {
      case Incoming.Message message -> {
        return heard(message.json(), worker, requests);
      }
      case Incoming.Event event -> events.accept(event.event());
      case Incoming.Broken broken -> throw broken.failure();
      case Incoming.Cancel cancel -> {
        watch.cancelled();
        worker.send(Json.mapper().createObjectNode().put("type", "cancel"));
      }
      case Incoming.Ended ended -> {}
    }
    return null;
  }

  private @Nullable JsonNode heard(JsonNode json, Worker worker, Requests requests)
      throws InterruptedException {
    switch (json.path("type").asText()) {
      case "heartbeat" -> watch.heartbeat(json.path("pythonSilentMs").asLong());
      case "rollout" -> {
        watch.progress();
        requests.run(json.path("id").asLong(), json.path("request"));
      }
      case "result" -> {
        JsonNode result = json.path("result");
        if (result.has("failed")) {
          throw WorkerResults.failure(job, result, worker.lastWords());
        }
        return result;
      }
      case "not_started" ->
          throw WorkerResults.error(
              LightningError.WORKER_NOT_STARTED,
              "Python could not be started: " + json.path("why").asText(),
              job.environment().home().toString(),
              "Run %s to mend the environment.".formatted(job.environment().setup()),
              worker.lastLines());
      default -> {
        watch.progress();
        RunEvent event = WorkerEvents.of(job.program(), json);
        if (event instanceof RunEvent.EngineStarted) {
          watch.started();
        }
        events.accept(event);
      }
    }
    return null;
  }

  private Optional<JsonNode> died(Worker worker) throws InterruptedException {
    int status = worker.exitStatus();
    if (cancellation.isRequested()) {
      return Optional.empty();
    }
    throw WorkerResults.error(
        LightningError.WORKER_DIED,
        "the worker process died with status " + status + " before its run had ended",
        "run " + job.runId(),
        "Start the run again; what it had found is in `runs show`.",
        worker.lastLines());
  }

  private Optional<JsonNode> gaveUp(Worker worker, String hung) {
    if (cancellation.isRequested()) {
      return Optional.empty();
    }
    throw WorkerResults.error(
        LightningError.WORKER_HUNG,
        "the worker process was ended: " + hung,
        "run " + job.runId(),
        "Start the run again; what it had found is in `runs show`.",
        worker.lastLines());
  }
}
