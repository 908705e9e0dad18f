package dev.lightningbridge.runs.work;

import dev.lightningbridge.runs.RunLease;
import dev.lightningbridge.store.BridgeDatabase;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which run of the queue this server may take next. */
final class DueRuns {
  private final BridgeDatabase database;
  private final Set<String> labels;
  private final Clock clock;

  /**
   * @param labels of the runs that may be taken beside those without a label
   */
  DueRuns(BridgeDatabase database, Set<String> labels, Clock clock) {
    this.database = database;
    this.labels = Set.copyOf(labels);
    this.clock = clock;
  }

  private record Due(String runId, String agent, boolean held, boolean ours) {}

  /**
   * The first run that may run now: of an agent that no other run is on.
   *
   * @param mine the runs that this server runs already
   */
  Optional<String> next(Set<String> mine) {
    long now = clock.millis();
    List<Due> open =
        database.reading(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT id, camp_path || ' ' || lineage_id AS agent, queued, label FROM runs
                        WHERE finished_at IS NULL ORDER BY priority DESC, created_at, id
                        """)
                    .map(
                        (rs, context) -> {
                          String id = rs.getString("id");
                          String label = rs.getString("label");
                          return new Due(
                              id,
                              rs.getString("agent"),
                              mine.contains(id) || RunLease.holderOf(handle, id, now) != null,
                              rs.getInt("queued") == 1
                                  && (label == null || labels.contains(label)));
                        })
                    .list());
    Set<String> busy = new HashSet<>();
    open.stream().filter(Due::held).forEach(due -> busy.add(due.agent()));
    return open.stream()
        .filter(due -> due.ours() && !due.held() && !busy.contains(due.agent()))
        .map(Due::runId)
        .findFirst();
  }
}
