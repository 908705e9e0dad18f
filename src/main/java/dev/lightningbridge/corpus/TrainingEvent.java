package dev.lightningbridge.corpus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of training_events with its payload.
 *
 * @param rowid the row's place, which orders events of the same millisecond
 * @param payload the stored JSON text; null where its blob is missing, is no JSON, is not what was
 *     hashed, or belongs to another event of the same hash
 */
public record TrainingEvent(
    long rowid,
    String id,
    long timestamp,
    String type,
    int schemaVersion,
    @Nullable String sessionId,
    @Nullable String lineageId,
    @Nullable String agentId,
    @Nullable String artifactId,
    @Nullable String attemptId,
    String payloadHash,
    List<String> tags,
    @Nullable String payload) {
  /** This, where its payload cannot be trusted. */
  public TrainingEvent withoutPayload() {
    return new TrainingEvent(
        rowid,
        id,
        timestamp,
        type,
        schemaVersion,
        sessionId,
        lineageId,
        agentId,
        artifactId,
        attemptId,
        payloadHash,
        tags,
        null);
  }
}
