package dev.lightningbridge.rollouts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import org.jspecify.annotations.Nullable;

/**
 * A runner's attempt at a rollout: agentlightning's Attempt.
 *
 * @param number from 1 on
 * @param startedAt in seconds since the epoch, as all times here
 * @param heartbeatAt when something was heard of it last; null where nothing was
 * @param metadata a JSON object, or null
 */
public record StoredAttempt(
    String rolloutId,
    String id,
    int number,
    AttemptStatus status,
    @Nullable String workerId,
    double startedAt,
    @Nullable Double endedAt,
    @Nullable Double heartbeatAt,
    @Nullable JsonNode metadata) {
  /** The same, heard of now. */
  StoredAttempt heard(double now, AttemptStatus stands) {
    return new StoredAttempt(
        rolloutId, id, number, stands, workerId, startedAt, endedAt, now, metadata);
  }

  /**
   * The same with what is named changed.
   *
   * @throws dev.lightningbridge.common.BridgeException LB-8202 where a value is not of its kind
   */
  StoredAttempt with(JsonNode changes, double now) {
    String word = RowValues.text(changes, "status");
    AttemptStatus given = word == null ? status : AttemptStatus.of(word);
    boolean ends =
        word != null && (given == AttemptStatus.FAILED || given == AttemptStatus.SUCCEEDED);
    JsonNode heard = changes.path("last_heartbeat_time");
    String worker = RowValues.text(changes, "worker_id");
    return new StoredAttempt(
        rolloutId,
        id,
        number,
        given,
        worker == null ? workerId : worker,
        startedAt,
        ends ? (Double) now : endedAt,
        heard.isNumber() ? (Double) heard.asDouble() : heartbeatAt,
        changes.has("metadata") ? AskedRollout.object(changes.path("metadata")) : metadata);
  }

  /** The same, given up because it is overdue. */
  StoredAttempt givenUp(RetryRules rules, double now) {
    boolean tooLong = rules.timeoutSeconds() != null && startedAt + rules.timeoutSeconds() < now;
    return new StoredAttempt(
        rolloutId,
        id,
        number,
        tooLong ? AttemptStatus.TIMEOUT : AttemptStatus.UNRESPONSIVE,
        workerId,
        startedAt,
        endedAt,
        heartbeatAt,
        metadata);
  }

  /** As agentlightning reads it. */
  public ObjectNode json() {
    ObjectNode json =
        Json.mapper()
            .createObjectNode()
            .put("rollout_id", rolloutId)
            .put("attempt_id", id)
            .put("sequence_id", number)
            .put("start_time", startedAt)
            .put("end_time", endedAt)
            .put("status", status.word())
            .put("worker_id", workerId)
            .put("last_heartbeat_time", heartbeatAt);
    json.set("metadata", metadata == null ? json.nullNode() : metadata);
    return json;
  }
}
