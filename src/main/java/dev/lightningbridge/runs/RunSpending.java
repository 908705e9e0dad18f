package dev.lightningbridge.runs;

import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.runs.report.ReportData;
import dev.lightningbridge.store.BridgeDatabase;
import java.util.HashMap;
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

  /** What the run spent so far, and which calls had no answer, by role. */
  public List<ReportData.RoleSpend> roles(String runId) {
    Map<String, Map<String, Long>> unanswered = unanswered(runId);
    return byRole(runId).entrySet().stream()
        .map(
            e ->
                role(
                    ModelRole.valueOf(e.getKey().toUpperCase(Locale.ROOT)),
                    e.getValue(),
                    unanswered.getOrDefault(e.getKey(), Map.of())))
        .toList();
  }

  private static ReportData.RoleSpend role(ModelRole role, Spend spend, Map<String, Long> kinds) {
    long refused = kinds.getOrDefault("REFUSED", 0L);
    long empty = kinds.getOrDefault("EMPTY_ANSWER", 0L) + kinds.getOrDefault("SAID_NOTHING", 0L);
    long cutOff = kinds.getOrDefault("CUT_OFF", 0L) + kinds.getOrDefault("LIMIT_RAISED", 0L);
    long all = kinds.values().stream().mapToLong(Long::longValue).sum();
    return new ReportData.RoleSpend(
        role, spend, refused, empty, cutOff, all - refused - empty - cutOff);
  }

  /** How many calls of a role ended with each kind of failure that is the endpoint's or model's. */
  private Map<String, Map<String, Long>> unanswered(String runId) {
    return database.reading(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT role, error_kind, count(*) AS n FROM calls
                    WHERE run_id = :id AND state = 'failed'
                      AND error_kind NOT IN ('CANCELLED', 'BUDGET_EXHAUSTED')
                    GROUP BY role, error_kind
                    """)
                .bind("id", runId)
                .reduceRows(
                    new HashMap<String, Map<String, Long>>(),
                    (found, row) -> {
                      found
                          .computeIfAbsent(
                              row.getColumn("role", String.class).toLowerCase(Locale.ROOT),
                              role -> new HashMap<>())
                          .put(
                              row.getColumn("error_kind", String.class),
                              row.getColumn("n", Long.class));
                      return found;
                    }));
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
