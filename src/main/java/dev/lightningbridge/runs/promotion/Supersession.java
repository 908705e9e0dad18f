package dev.lightningbridge.runs.promotion;

import dev.lightningbridge.runs.promotion.ProposalStore.Proposal;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Closes proposals of a lineage whose place another one took: at most one of them is decided on.
 */
final class Supersession {
  private Supersession() {}

  /** By one that waits now; a simulated one takes no real one's place, nor the other way round. */
  static void byNewer(Handle handle, Proposal newer, long now) {
    close(
        handle,
        newer.id(),
        false,
        "A newer proposal of this lineage took its place: %s.".formatted(newer.id()),
        now);
  }

  /** By one that stands in the database now: the agent is not what the others follow any more. */
  static void byPromoted(Handle handle, String promoted, long now) {
    close(
        handle,
        promoted,
        true,
        "Another proposal of this lineage was promoted: %s.".formatted(promoted),
        now);
  }

  private static void close(Handle handle, String by, boolean all, String reason, long now) {
    // One whose writing has begun is promoted in the end.
    List<String> runs =
        handle
            .createQuery(
                """
                SELECT o.run_id FROM proposals o
                JOIN runs r ON r.id = o.run_id
                JOIN proposals n ON n.id = :by
                JOIN runs m ON m.id = n.run_id
                WHERE o.lineage_id = n.lineage_id AND o.id <> n.id AND o.state = 'waiting'
                  AND r.camp_path = m.camp_path AND (r.sandbox = m.sandbox OR :all = 1)
                  AND NOT EXISTS (SELECT 1 FROM promotions WHERE proposal_id = o.id)
                """)
            .bind("by", by)
            .bind("all", all ? 1 : 0)
            .mapTo(String.class)
            .list();
    for (String run : runs) {
      handle.execute(
          "UPDATE proposals SET state = 'superseded', decided_at = ?, reason = ? WHERE run_id = ?",
          now,
          reason,
          run);
      handle.execute("UPDATE runs SET state = 'held' WHERE id = ?", run);
      handle.execute("UPDATE models SET state = 'held' WHERE run_id = ?", run);
    }
  }
}
