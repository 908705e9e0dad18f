package dev.lightningbridge.runs.promotion;

import dev.lightningbridge.runs.RunList;
import dev.lightningbridge.runs.promotion.ProposalStore.Proposal;
import dev.lightningbridge.store.BridgeDatabase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Proposals and promotions page by page, the newest first. */
public final class ProposalList {
  private final BridgeDatabase database;

  public ProposalList(BridgeDatabase database) {
    this.database = database;
  }

  /**
   * Proposals that come after a place.
   *
   * @param state waiting, promoted, rejected or superseded; null for all
   * @param after null for the first page
   */
  public List<Proposal> page(@Nullable String state, RunList.@Nullable Place after, int limit) {
    return database.reading(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM proposals
                    WHERE (:state IS NULL OR state = :state)
                      AND (created_at < :at OR (created_at = :at AND id > :id))
                    ORDER BY created_at DESC, id LIMIT :limit
                    """)
                .bind("state", state)
                .bind("at", after == null ? Long.MAX_VALUE : after.createdAt())
                .bind("id", after == null ? "" : after.id())
                .bind("limit", limit)
                .map((rs, context) -> ProposalStore.proposal(rs))
                .list());
  }
}
