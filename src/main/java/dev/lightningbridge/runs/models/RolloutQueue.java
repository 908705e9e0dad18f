package dev.lightningbridge.runs.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.agent.AglQueue;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.rollouts.RolloutStatus;
import dev.lightningbridge.rollouts.RolloutStore;
import dev.lightningbridge.rollouts.RowFilter;
import dev.lightningbridge.rollouts.RowPage;
import dev.lightningbridge.rollouts.StoredAttempt;
import dev.lightningbridge.rollouts.StoredRollout;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A run's rollouts in the store of an agent of agentlightning. */
final class RolloutQueue implements AglQueue {
  private static final String RUN = "run";
  private static final List<String> UNFINISHED =
      Arrays.stream(RolloutStatus.values())
          .filter(status -> !status.isFinished())
          .map(RolloutStatus::word)
          .toList();

  /** Where an agent's runners tell of themselves. */
  private static final List<String> SIGNS =
      List.of("last_heartbeat_time", "last_dequeue_time", "last_busy_time", "last_idle_time");

  private final RolloutStore store;
  private final String runId;

  private RolloutQueue(RolloutStore store, String runId) {
    this.store = store;
    this.runId = runId;
  }

  /** Without what an earlier process of the run has left in it, whose endpoints are gone. */
  static RolloutQueue of(RolloutStore store, String runId) {
    store.query(RowFilter.all().within("status", UNFINISHED), RowPage.ALL).items().stream()
        .filter(left -> left.metadata() != null && left.metadata().path(RUN).asText().equals(runId))
        .forEach(left -> end(store, left));
    return new RolloutQueue(store, runId);
  }

  /** Takes back what has not ended, and deletes its prompt and the token of its endpoint. */
  private static void end(RolloutStore store, StoredRollout rollout) {
    store.cancel(rollout.id());
    if (rollout.resourcesId() != null) {
      store.resources().delete(rollout.resourcesId());
    }
  }

  @Override
  public String enqueue(JsonNode input, JsonNode resources, JsonNode config) {
    ObjectNode metadata = Json.mapper().createObjectNode().put(RUN, runId);
    return store.enqueue(input, "val", store.addResources(resources), config, metadata).id();
  }

  @Override
  public Optional<State> find(String rolloutId) {
    return store
        .find(rolloutId)
        .map(
            rollout -> {
              StoredAttempt attempt = rollout.attempt();
              return attempt == null
                  ? new State(rollout.status().word(), null, null)
                  : new State(
                      rollout.status().word(),
                      attempt.status().word(),
                      instant(attempt.startedAt()));
            });
  }

  @Override
  public List<JsonNode> spans(String rolloutId) {
    return store.spans(rolloutId);
  }

  @Override
  public void cancel(String rolloutId) {
    store.find(rolloutId).ifPresent(rollout -> end(store, rollout));
  }

  @Override
  public Optional<Instant> runnerSeen() {
    return store.workers().query(RowFilter.all(), RowPage.ALL).items().stream()
        .flatMap(worker -> SIGNS.stream().map(worker::path))
        .filter(JsonNode::isNumber)
        .map(sign -> instant(sign.doubleValue()))
        .max(Instant::compareTo);
  }

  private static Instant instant(double seconds) {
    return Instant.ofEpochMilli(Math.round(seconds * 1000));
  }
}
