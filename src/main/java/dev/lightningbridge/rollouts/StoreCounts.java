package dev.lightningbridge.rollouts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.store.BridgeDatabase;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** How many an agent's rollouts, spans and runners are. */
public final class StoreCounts {
  private final BridgeDatabase database;
  private final String agent;
  private final RolloutWorkers workers;

  StoreCounts(BridgeDatabase database, String agent, RolloutWorkers workers) {
    this.database = database;
    this.agent = agent;
    this.workers = workers;
  }

  /**
   * How a store stands.
   *
   * @param waiting rollouts that no runner has, also those that wait for another attempt
   * @param running those that one has
   * @param finished those that succeeded, failed or were cancelled; {@code failed} of them
   * @param runners how many were seen since the time that was asked for
   * @param runnerSeen when the last one was; null for never
   */
  public record Standing(
      long waiting,
      long running,
      long finished,
      long failed,
      long runners,
      @Nullable Instant runnerSeen) {}

  /** How it stands, with the runners that were seen since then. */
  public Standing standing(Instant since) {
    return database.reading(
        handle -> {
          Map<RolloutStatus, Long> of = byStatus(handle);
          long waiting = 0;
          long running = 0;
          long finished = 0;
          for (Map.Entry<RolloutStatus, Long> one : of.entrySet()) {
            if (one.getKey().isWaiting()) {
              waiting += one.getValue();
            } else if (one.getKey().isFinished()) {
              finished += one.getValue();
            } else {
              running += one.getValue();
            }
          }
          return new Standing(
              waiting,
              running,
              finished,
              of.getOrDefault(RolloutStatus.FAILED, 0L),
              workers.seenSince(handle, RowValues.seconds(since)),
              workers.lastSeen(handle).orElse(null));
        });
  }

  private Map<RolloutStatus, Long> byStatus(Handle handle) {
    Map<RolloutStatus, Long> of = new LinkedHashMap<>();
    handle
        .createQuery(
            "SELECT status, count(*) AS n FROM agl_rollouts WHERE agent = :agent GROUP BY status")
        .bind("agent", agent)
        .map((row, context) -> of.put(RolloutStatus.of(row.getString("status")), row.getLong("n")))
        .list();
    return of;
  }

  /**
   * Of some rollouts those that succeeded.
   *
   * @param silent how many of them sent no span
   */
  public record Succeeded(long rollouts, long silent) {}

  /** Of those with exactly these metadata. */
  public Succeeded succeeded(JsonNode metadata) {
    return database.reading(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT count(*) AS n, count(CASE WHEN spans = 0 THEN 1 END) AS silent
                    FROM agl_rollouts
                    WHERE agent = :agent AND status = 'succeeded' AND metadata_json = :metadata
                    """)
                .bind("agent", agent)
                .bind("metadata", Json.write(metadata))
                .map((row, context) -> new Succeeded(row.getLong("n"), row.getLong("silent")))
                .one());
  }

  /** How many rows there are of each kind, by the names that agentlightning's clients read. */
  Map<String, Long> rows() {
    String ours = " WHERE rollout_id IN (SELECT id FROM agl_rollouts WHERE agent = :agent)";
    return database.reading(
        handle -> {
          Map<String, Long> counts = new LinkedHashMap<>();
          Map.of(
                  "total_rollouts", "agl_rollouts WHERE agent = :agent",
                  "total_attempts", "agl_attempts" + ours,
                  "total_spans", "agl_spans" + ours,
                  "total_resources", "agl_resources WHERE agent = :agent",
                  "total_workers", "agl_workers WHERE agent = :agent")
              .forEach((name, from) -> counts.put(name, count(handle, from)));
          return counts;
        });
  }

  private long count(Handle handle, String from) {
    return handle
        .createQuery("SELECT count(*) FROM " + from)
        .bind("agent", agent)
        .mapTo(Long.class)
        .one();
  }
}
