package dev.lightningbridge.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the rollouts of one agent of agentlightning wait for its runners, in the words of
 * agentlightning's store. Thread-safe.
 */
public interface AglQueue {
  /**
   * Adds a rollout, which a runner may take from then on.
   *
   * @param input what the agent is called with
   * @param resources by their names
   * @param config agentlightning's RolloutConfig
   * @return the rollout's id
   */
  String enqueue(JsonNode input, JsonNode resources, JsonNode config);

  /** How it is with a rollout; empty where it is not there any more. */
  Optional<State> find(String rolloutId);

  /** The spans of its latest attempt, in their sequence. */
  List<JsonNode> spans(String rolloutId);

  /** It succeeded, and sent no span: its output is what its last call was answered. */
  void silent(String rolloutId);

  /**
   * Takes it back: no runner is given it from then on. Of one that has ended it only deletes what
   * it was run with.
   */
  void cancel(String rolloutId);

  /** When a runner of this agent last asked for work or said that it is there; empty for never. */
  Optional<Instant> runnerSeen();

  /**
   * How it is with a rollout.
   *
   * @param status queuing, preparing, running, succeeded, failed, requeuing or cancelled
   * @param attempt the latest attempt's status, such as timeout; null where no runner took it yet
   * @param taken when a runner began the latest attempt; null likewise
   */
  record State(String status, @Nullable String attempt, @Nullable Instant taken) {}
}
