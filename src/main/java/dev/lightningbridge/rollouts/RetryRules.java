package dev.lightningbridge.rollouts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * When an attempt is given up, and whether another follows: agentlightning's RolloutConfig.
 *
 * @param timeoutSeconds how long an attempt may take; null for ever
 * @param unresponsiveSeconds how long nothing may be heard of it; null for ever
 * @param maxAttempts 1 at least, the first among them
 * @param retryOn how an attempt must have ended for another to follow
 */
public record RetryRules(
    @Nullable Double timeoutSeconds,
    @Nullable Double unresponsiveSeconds,
    int maxAttempts,
    List<AttemptStatus> retryOn) {
  private static final RetryRules NONE = new RetryRules(null, null, 1, List.of());

  public RetryRules {
    retryOn = List.copyOf(retryOn);
  }

  /**
   * Those of agentlightning's JSON; none where it is null.
   *
   * @throws dev.lightningbridge.common.BridgeException LB-8202 where a member is not of its kind
   */
  static RetryRules of(@Nullable JsonNode config) {
    if (config == null || config.isNull() || config.isMissingNode()) {
      return NONE;
    }
    JsonNode attempts = config.path("max_attempts");
    if (!config.isObject()
        || !(attempts.isMissingNode() || (attempts.canConvertToInt() && attempts.asInt() >= 1))) {
      throw RolloutError.unusable(
          "it is no configuration of a rollout", "config", "max_attempts is 1 at least.");
    }
    List<AttemptStatus> retryOn = new ArrayList<>();
    config.path("retry_condition").forEach(one -> retryOn.add(AttemptStatus.of(one.asText())));
    return new RetryRules(
        seconds(config, "timeout_seconds"),
        seconds(config, "unresponsive_seconds"),
        attempts.asInt(1),
        retryOn);
  }

  private static @Nullable Double seconds(JsonNode config, String member) {
    JsonNode value = config.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isNumber()) {
      throw RolloutError.unusable("it is no number", "config." + member, "Give seconds.");
    }
    return value.asDouble();
  }

  ObjectNode json() {
    ObjectNode json =
        Json.mapper()
            .createObjectNode()
            .put("timeout_seconds", timeoutSeconds)
            .put("unresponsive_seconds", unresponsiveSeconds)
            .put("max_attempts", maxAttempts);
    var list = json.putArray("retry_condition");
    retryOn.forEach(one -> list.add(one.word()));
    return json;
  }

  /** The states after which another attempt follows, as they are kept. */
  String retryOnText() {
    return retryOn.stream().map(AttemptStatus::word).collect(Collectors.joining(","));
  }

  static List<AttemptStatus> retryOn(String text) {
    return text.isEmpty()
        ? List.of()
        : Arrays.stream(text.split(",")).map(AttemptStatus::of).toList();
  }
}
