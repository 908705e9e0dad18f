package dev.lightningbridge.runs.models;

import com.fasterxml.jackson.databind.JsonNode;
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

  private final RolloutStore store;
  private final JsonNode metadata;
  private final LostSpans lost;

  private RolloutQueue(RolloutStore store, String runId, LostSpans lost) {
    this.store = store;
    this.metadata = Json.mapper().createObjectNode().put(RUN, runId);
    this.lost = lost;
  }

  /** Without what an earlier process of the run has left in it, whose endpoints are gone. */
  static RolloutQueue of(RolloutStore store, String runId, LostSpans lost) {
    store.query(RowFilter.all().within("status", UNFINISHED), RowPage.ALL).items().stream()
        .filter(left -> left.metadata() != null && left.metadata().path(RUN).asText().equals(runId))
        .forEach(left -> end(store, left));
    return new RolloutQueue(store, runId, lost);
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
    return store.workers().lastSeen();
  }

  @Override
  public void silent(String rolloutId) {
    lost.met();
  }

  /** What is to be said of the run's rollouts that sent no spans; empty where all did. */
  Optional<String> remark() {
    return lost.remark(store.counts().succeeded(metadata));
  }

  private static Instant instant(double seconds) {
    return Instant.ofEpochMilli(Math.round(seconds * 1000));
  }
}
