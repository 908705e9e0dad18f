package dev.lightningbridge.rollouts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.lightningbridge.common.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rollout that somebody wants: agentlightning's EnqueueRolloutRequest, looked through. */
record AskedRollout(
    JsonNode input,
    @Nullable String mode,
    @Nullable String resourcesId,
    RetryRules rules,
    JsonNode metadata) {
  private static final List<String> MODES = List.of("train", "val", "test");

  /**
   * @throws dev.lightningbridge.common.BridgeException LB-8202 where a member is not of its kind
   */
  static AskedRollout of(JsonNode json) {
    if (!json.has("input")) {
      throw RolloutError.unusable("it is missing", "input", "Send what the agent is run on.");
    }
    return of(
        json.path("input"),
        RowValues.text(json, "mode"),
        RowValues.text(json, "resources_id"),
        json.path("config"),
        json.path("metadata"));
  }

  static AskedRollout of(
      JsonNode input,
      @Nullable String mode,
      @Nullable String resourcesId,
      @Nullable JsonNode config,
      @Nullable JsonNode metadata) {
    return new AskedRollout(
        input,
        mode(mode),
        resourcesId,
        RetryRules.of(config),
        metadata == null || metadata.isMissingNode() || metadata.isNull()
            ? Json.mapper().createObjectNode()
            : object(metadata));
  }

  static @Nullable String mode(@Nullable String mode) {
    if (mode != null && !MODES.contains(mode)) {
      throw RolloutError.unusable(
          "\"%s\" is none of its values".formatted(mode), "mode", "Use one of train, val, test.");
    }
    return mode;
  }

  /** Metadata that are an object, or null. */
  static JsonNode object(JsonNode metadata) {
    if (!metadata.isObject() && !metadata.isNull()) {
      throw RolloutError.unusable("it is no object", "metadata", "Send an object, or null.");
    }
    return metadata.isNull() ? NullNode.getInstance() : metadata;
  }
}
