package dev.lightningbridge.runs;

import org.jspecify.annotations.Nullable;

/**
 * Where a run stands in the queue.
 *
 * @param priority higher ones first; of the same, the older
 * @param label the kind of server that may run it; null where any may
 * @param idempotencyKey the same key asks for the same run; null where there is none
 * @param scheduleId the schedule that asked for it; null where a person did
 */
public record QueuePlace(
    int priority,
    @Nullable String label,
    @Nullable String idempotencyKey,
    @Nullable String scheduleId) {
  /** Behind all that wait. */
  public static final QueuePlace LAST = new QueuePlace(0, null, null, null);
}
