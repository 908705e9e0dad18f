package dev.lightningbridge.rollouts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import org.jspecify.annotations.Nullable;

/**
 * A rollout in the store, with its last attempt: agentlightning's Rollout, or AttemptedRollout.
 *
 * @param input what the agent is run on
 * @param mode train, val or test; or null
 * @param resourcesId of the resources that it is run with; null for none
 * @param startedAt when it came, in seconds since the epoch, as all times here
 * @param metadata a JSON object, or null
 * @param attempt null while no runner has taken it
 */
public record StoredRollout(
    String id,
    JsonNode input,
    @Nullable String mode,
    @Nullable String resourcesId,
    RolloutStatus status,
    RetryRules rules,
    double startedAt,
    @Nullable Double endedAt,
    @Nullable JsonNode metadata,
    @Nullable StoredAttempt attempt) {
  /**
   * The same with what is named changed, beside its status.
   *
   * @throws dev.lightningbridge.common.BridgeException LB-8202 where a value is not of its kind
   */
  StoredRollout with(JsonNode changes) {
    return new StoredRollout(
        id,
        changes.has("input") ? changes.path("input") : input,
        changes.has("mode") ? AskedRollout.mode(RowValues.text(changes, "mode")) : mode,
        changes.has("resources_id") ? RowValues.text(changes, "resources_id") : resourcesId,
        status,
        changes.has("config") ? RetryRules.of(changes.path("config")) : rules,
        startedAt,
        endedAt,
        changes.has("metadata") ? AskedRollout.object(changes.path("metadata")) : metadata,
        attempt);
  }

  /** As agentlightning reads it. */
  public ObjectNode json() {
    ObjectNode json =
        Json.mapper()
            .createObjectNode()
            .put("rollout_id", id)
            .put("start_time", startedAt)
            .put("end_time", endedAt)
            .put("mode", mode)
            .put("resources_id", resourcesId)
            .put("status", status.word());
    json.set("input", input);
    json.set("config", rules.json());
    json.set("metadata", metadata == null ? json.nullNode() : metadata);
    if (attempt != null) {
      json.set("attempt", attempt.json());
    }
    return json;
  }
}
