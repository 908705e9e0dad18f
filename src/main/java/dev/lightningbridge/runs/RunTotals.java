package dev.lightningbridge.runs;

import dev.lightningbridge.store.BridgeDatabase;
import java.util.EnumMap;
import java.util.Map;

/**
 * What all runs of a bridge.db came to.
 *
 * @param byState runs by state
 * @param calls model calls that ended; {@code retries} repeats of failed ones
 */
public record RunTotals(
    Map<RunState, Long> byState, long calls, long retries, long tokens, double usd) {

  public static RunTotals of(BridgeDatabase database) {
    Map<RunState, Long> byState = new EnumMap<>(RunState.class);
    return database.reading(
        handle -> {
          handle
              .createQuery("SELECT state, count(*) AS n FROM runs GROUP BY state")
              .map((rs, context) -> Map.entry(RunState.of(rs.getString("state")), rs.getLong("n")))
              .forEach(entry -> byState.put(entry.getKey(), entry.getValue()));
          return handle
              .createQuery(
                  """
                  SELECT count(*) AS calls, coalesce(sum(attempts - 1), 0) AS retries,
                      coalesce(sum(prompt_tokens + completion_tokens), 0) AS tokens,
                      coalesce(sum(usd), 0) AS usd
                  FROM calls WHERE state <> 'reserved'
                  """)
              .map(
                  (rs, context) ->
                      new RunTotals(
                          byState,
                          rs.getLong("calls"),
                          rs.getLong("retries"),
                          rs.getLong("tokens"),
                          rs.getDouble("usd")))
              .one();
        });
  }

  /** Runs in this state. */
  public long runs(RunState state) {
    return byState.getOrDefault(state, 0L);
  }
}
