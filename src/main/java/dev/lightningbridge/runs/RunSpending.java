package dev.lightningbridge.runs;

import dev.lightningbridge.model.Spend;
import dev.lightningbridge.store.BridgeDatabase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What runs have spent on model calls, from their journals in bridge.db. */
public final class RunSpending {
  private final BridgeDatabase database;

  RunSpending(BridgeDatabase database) {
    this.database = database;
  }

  /** What the run spent so far. */
  public Spend of(String runId) {
    return byRole(runId).values().stream().reduce(Spend.NOTHING, Spend::plus);
  }

  /** When the run's calls were done, oldest first, in milliseconds since the epoch. */
  public List<Long> callTimes(String runId) {
    return database.reading(
        handle ->
            handle
                .createQuery(
                    "SELECT done_at FROM calls WHERE run_id = :id AND done_at IS NOT NULL ORDER BY done_at")
                .bind("id", runId)
                .mapTo(Long.class)
                .list());
  }

  /** What the run spent so far, by role in lower case. */
  public Map<String, Spend> byRole(String runId) {
    return database.reading(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT role, sum(attempts) AS n, sum(turned_down) AS turned_down,
                        sum(prompt_tokens) AS prompt,
                        sum(completion_tokens) AS completion, sum(usd) AS usd
                    FROM calls WHERE run_id = :id AND state <> 'reserved' GROUP BY role ORDER BY role
                    """)
                .bind("id", runId)
                .reduceRows(
                    new LinkedHashMap<String, Spend>(),
                    (spend, row) -> {
                      spend.put(
                          row.getColumn("role", String.class).toLowerCase(Locale.ROOT),
                          new Spend(
                              row.getColumn("n", Long.class),
                              row.getColumn("turned_down", Long.class),
                              row.getColumn("prompt", Long.class),
                              row.getColumn("completion", Long.class),
                              row.getColumn("usd", Double.class)));
                      return spend;
                    }));
  }
}
