package dev.lightningbridge.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.agent.AgentException.Kind;
import dev.lightningbridge.agent.AglQueue.State;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Figures;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ModelEndpoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An agent of agentlightning: its rollout waits in a queue until a runner takes it, and the output
 * is read from the runner's spans. A rollout whose runner dies is given to another one.
 */
final class AglAgent implements AgentProgram {
  /** How long no runner may be there while a rollout waits. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How often a rollout is begun at most, where runners die. */
  static final int ATTEMPTS = 3;

  private static final Duration PAUSE = Duration.ofMillis(200);

  /** How long nothing may be heard of a runner at least; one that is alive says so every ten. */
  private static final int LEAST_SILENT_SECONDS = 25;

  private static final int MOST_SILENT_SECONDS = 60;

  private final AgentChoice.Agl agent;
  private final AglQueue queue;
  private final String model;
  private final Clock clock;
  private final Duration pause;

  AglAgent(AgentChoice.Agl agent, AglQueue queue, String model) {
    this(agent, queue, model, Clock.systemUTC(), PAUSE);
  }

  AglAgent(AgentChoice.Agl agent, AglQueue queue, String model, Clock clock, Duration pause) {
    this.agent = agent;
    this.queue = queue;
    this.model = model;
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Looks whether the name can be one.
   *
   * @throws BridgeException LB-4101 where it cannot
   */
  static void check(AgentChoice.Agl agent) {
    if (!AgentName.isUsable(agent.name())) {
      throw new BridgeException(
          AgentError.UNUSABLE,
          "\"%s\" is no name of an agent of agentlightning".formatted(agent.name()),
          "--agent",
          AgentName.REMEDY);
    }
  }

  @Override
  public @Nullable String answer(
      String prompt, Task task, ModelEndpoint models, Cancellation cancellation)
      throws AgentException, InterruptedException {
    String rollout =
        queue.enqueue(
            AglRollout.input(task), AglRollout.resources(prompt, task, models, model), config());
    try {
      return output(rollout, cancellation);
    } finally {
      queue.cancel(rollout);
    }
  }

  private ObjectNode config() {
    ObjectNode config =
        Json.mapper()
            .createObjectNode()
            .put("timeout_seconds", agent.timeoutSeconds())
            .put(
                "unresponsive_seconds",
                Math.clamp(agent.timeoutSeconds() / 2, LEAST_SILENT_SECONDS, MOST_SILENT_SECONDS))
            .put("max_attempts", ATTEMPTS);
    config.putArray("retry_condition").add("unresponsive");
    return config;
  }

  private @Nullable String output(String rollout, Cancellation cancellation)
      throws AgentException, InterruptedException {
    Instant seen = clock.instant();
    while (true) {
      if (cancellation.isRequested()) {
        throw new InterruptedException("cancelled");
      }
      State state = queue.find(rollout).orElseThrow(() -> failed("is not there any more"));
      switch (state.status()) {
        case "succeeded" -> {
          return said(rollout);
        }
        case "failed" -> throw failure(rollout, state);
        case "cancelled" -> throw failed("was cancelled in the store");
        case "queuing", "requeuing" -> seen = stillSeen(seen);
        default -> {
          seen = clock.instant();
          inTime(state);
        }
      }
      Thread.sleep(pause);
    }
  }

  /** When a runner was last there, for which this rollout may be waiting. */
  private Instant stillSeen(Instant before) throws AgentException {
    Instant runner = queue.runnerSeen().orElse(Instant.MIN);
    Instant seen = runner.isAfter(before) ? runner : before;
    if (seen.plus(PATIENCE).isBefore(clock.instant())) {
      throw new AgentException(
          Kind.AGENT_UNREACHABLE,
          ("no runner of %s was there for %d s: start one, whose LightningStoreClient asks for work"
                  + " at /agl/%s of the server that has this home folder (docs/guides/agents.md)")
              .formatted(agent.inWords(), PATIENCE.toSeconds(), agent.name()));
    }
    return seen;
  }

  private void inTime(State state) throws AgentException {
    Instant taken = state.taken();
    if (taken != null && taken.plusSeconds(agent.timeoutSeconds()).isBefore(clock.instant())) {
      throw tooSlow();
    }
  }

  private @Nullable String said(String rollout) throws AgentException {
    List<JsonNode> spans = queue.spans(rollout);
    if (spans.isEmpty()) {
      queue.silent(rollout);
    }
    String output = AglSpans.output(spans).orElse(null);
    if (output != null && output.length() > MOST_BYTES) {
      throw new AgentException(
          Kind.OUTPUT_TOO_LONG,
          "%s answered more than %s characters"
              .formatted(agent.inWords(), Figures.count(MOST_BYTES)));
    }
    return output;
  }

  private AgentException failure(String rollout, State state) {
    return switch (String.valueOf(state.attempt())) {
      case "timeout" -> tooSlow();
      case "unresponsive" ->
          failed("was lost %d times: its runner died or said nothing".formatted(ATTEMPTS));
      default ->
          failed(
              "failed"
                  + AglSpans.exception(queue.spans(rollout)).map(why -> ": " + why).orElse(""));
    };
  }

  private AgentException tooSlow() {
    return new AgentException(
        Kind.AGENT_TIMED_OUT,
        "%s did not end within %d s".formatted(agent.inWords(), agent.timeoutSeconds()));
  }

  private AgentException failed(String what) {
    return new AgentException(
        Kind.ROLLOUT_FAILED, "a rollout of %s %s".formatted(agent.inWords(), what));
  }
}
