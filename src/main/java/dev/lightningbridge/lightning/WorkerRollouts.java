package dev.lightningbridge.lightning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Opening;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.optimize.GuardedEdits;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.PromptOptimizer.Context;
import dev.lightningbridge.optimize.RolloutRunner;
import dev.lightningbridge.optimize.RunEvent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the rollouts that a worker asks for, each on a virtual thread, and answers them; and says of
 * each new prompt whether it may be run.
 */
final class WorkerRollouts implements WorkerFollower.Requests {
  private static final long PATIENCE = 60;
  private static final long AFTER_INTERRUPT = 5;

  private final Map<String, Task> tasks;
  private final RolloutRunner runner;
  private final Cancellation cancellation;
  private final Consumer<JsonNode> answers;
  private final Consumer<RunEvent> events;
  private final Consumer<RuntimeException> broken;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final GuardedEdits edits;
  private final AtomicInteger running = new AtomicInteger();

  /**
   * @param answers takes the answers for the worker
   * @param events takes an event for each rollout, before its answer
   * @param edits looks at new prompts
   * @param broken takes what should never happen: a runner or grader that throws
   */
  WorkerRollouts(
      OptimizationJob job,
      Context context,
      Consumer<JsonNode> answers,
      Consumer<RunEvent> events,
      GuardedEdits edits,
      Consumer<RuntimeException> broken) {
    this.edits = edits;
    this.tasks =
        Stream.concat(job.train().stream(), job.validation().stream())
            .collect(Collectors.toMap(Task::id, Function.identity(), (first, second) -> first));
    this.runner = context.rollouts();
    this.cancellation = context.cancellation();
    this.answers = answers;
    this.events = events;
    this.broken = broken;
  }

  @Override
  public int running() {
    return running.get();
  }

  @Override
  public void run(long id, JsonNode request) {
    running.incrementAndGet();
    threads.execute(
        () -> {
          try {
            ObjectNode message =
                Json.mapper().createObjectNode().put("type", "answer").put("id", id);
            message.set("answer", answer(request));
            answers.accept(message);
          } catch (RuntimeException e) {
            broken.accept(e);
          } finally {
            running.decrementAndGet();
          }
        });
  }

  private ObjectNode answer(JsonNode request) {
    return request.has("edit") ? admitted(request) : rollout(request);
  }

  /** The new prompt as it may be run; without one where it is dropped. */
  private ObjectNode admitted(JsonNode request) {
    ObjectNode answer = Json.mapper().createObjectNode();
    edits
        .admitted(
            request.path("candidate").asText(),
            request.path("prompt").asText(),
            request.path("edit").asText(),
            request.path("round").asInt())
        .ifPresent(prompt -> answer.put("prompt", prompt));
    return answer;
  }

  private ObjectNode rollout(JsonNode request) {
    Task task = tasks.get(request.path("task").asText());
    if (task == null) {
      throw new IllegalStateException("a rollout of an unknown task: " + request.path("task"));
    }
    Rollout rollout;
    try {
      rollout = runner.run(request.path("prompt").asText(), task);
    } catch (ModelException e) {
      return Json.mapper().createObjectNode().put("stop", e.kind().name().toLowerCase(Locale.ROOT));
    }
    events.accept(RunEvent.RolloutFinished.of(request.path("candidate").asText(null), rollout));
    return outcome(rollout);
  }

  static ObjectNode outcome(Rollout rollout) {
    return switch (rollout.outcome()) {
      case Outcome.Rewarded rewarded -> rewarded(rollout, rewarded.reward(), rewarded.feedback());
      case Outcome.AgentFailed failed ->
          rewarded(rollout, 0, "The agent failed: " + failed.failure().cause());
      case Outcome.InfrastructureFailed failed ->
          Json.mapper()
              .createObjectNode()
              .set("failure", Json.mapper().valueToTree(failed.failure()));
    };
  }

  private static ObjectNode rewarded(Rollout rollout, double reward, String feedback) {
    ObjectNode answer =
        Json.mapper().createObjectNode().put("reward", reward).put("feedback", feedback);
    ArrayNode messages = answer.putArray("messages");
    List<Message> said =
        rollout.messages().isEmpty()
            ? Opening.of(rollout.prompt(), rollout.task())
            : rollout.messages();
    said.forEach(m -> messages.addObject().put("role", m.role()).put("content", m.content()));
    return answer;
  }

  /**
   * Waits for the rollouts that still run, whose calls are paid for; interrupts them where the run
   * was cancelled, or they take too long.
   */
  @Override
  public void close() throws InterruptedException {
    threads.shutdown();
    if (cancellation.isRequested() || !threads.awaitTermination(PATIENCE, TimeUnit.SECONDS)) {
      threads.shutdownNow();
      threads.awaitTermination(AFTER_INTERRUPT, TimeUnit.SECONDS);
    }
  }
}
