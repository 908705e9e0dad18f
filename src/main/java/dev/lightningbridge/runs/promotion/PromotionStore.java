package dev.lightningbridge.runs.promotion;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.runs.request.RunError;
import dev.lightningbridge.store.BridgeDatabase;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Promotions in bridge.db: the writing of proposals into their databases, and its undoing. */
public final class PromotionStore {
  private final BridgeDatabase database;
  private final ProposalStore proposals;
  private final Clock clock;

  PromotionStore(BridgeDatabase database, ProposalStore proposals, Clock clock) {
    this.database = database;
    this.proposals = proposals;
    this.clock = clock;
  }

  /** A proposal's writing into its database, as bridge.db holds it. */
  public record StoredPromotion(
      String id, String proposalId, String state, String campPath, @Nullable String writtenJson) {}

  /**
   * The promotion of this proposal's winner: the one begun before where there is one, so that a
   * broken-off promotion goes on.
   */
  public StoredPromotion begin(ProposalStore.Proposal proposal, String campPath) {
    return database.inTransaction(
        handle -> {
          // Nothing is begun for a proposal that was rejected or superseded meanwhile.
          handle.execute(
              """
              INSERT INTO promotions (id, proposal_id, state, camp_path, created_at)
              SELECT ?, id, 'writing', ?, ? FROM proposals WHERE id = ? AND state = 'waiting'
              ON CONFLICT DO NOTHING
              """,
              UUID.randomUUID().toString(),
              campPath,
              clock.millis(),
              proposal.id());
          return find(handle, "proposal_id", proposal.id())
              .orElseThrow(() -> ProposalStore.decided(proposals.proposal(proposal.id())));
        });
  }

  /** Notes that the promotion stands in the Training Camp database. */
  public void written(
      StoredPromotion promotion, @Nullable String backupPath, String writtenJson, String runId) {
    database.useTransaction(
        handle -> {
          handle.execute(
              "UPDATE promotions SET state = 'written', backup_path = ?, written_json = ? WHERE id = ?",
              backupPath,
              writtenJson,
              promotion.id());
          handle.execute(
              "UPDATE proposals SET state = 'promoted', decided_at = ? WHERE id = ?",
              clock.millis(),
              promotion.proposalId());
          Supersession.byPromoted(handle, promotion.proposalId(), clock.millis());
          handle.execute("UPDATE runs SET state = 'promoted' WHERE id = ?", runId);
          handle.execute("UPDATE models SET state = 'promoted' WHERE run_id = ?", runId);
        });
  }

  /** Notes that the promotion was undone by new rows. */
  public void rolledBack(String promotionId, String rollbackJson, String runId) {
    database.useTransaction(
        handle -> {
          handle.execute(
              "UPDATE promotions SET state = 'rolled_back', rollback_json = ?, rolled_back_at = ? WHERE id = ?",
              rollbackJson,
              clock.millis(),
              promotionId);
          handle.execute("UPDATE models SET state = 'rolled_back' WHERE run_id = ?", runId);
        });
  }

  /**
   * The promotion with this id.
   *
   * @throws BridgeException where there is none
   */
  public StoredPromotion promotion(String id) {
    return database
        .reading(handle -> find(handle, "id", id))
        .orElseThrow(
            () ->
                new BridgeException(
                    RunError.NO_SUCH_PROMOTION,
                    "there is no promotion of this id",
                    id,
                    "`promote` prints the id; `runs show RUN` shows it too."));
  }

  /** The run's promotion, where its proposal was written. */
  public Optional<StoredPromotion> promotionOf(String runId) {
    return proposals
        .proposalOf(runId)
        .flatMap(proposal -> database.reading(handle -> find(handle, "proposal_id", proposal)));
  }

  private static Optional<StoredPromotion> find(Handle handle, String column, String value) {
    return handle
        .createQuery("SELECT * FROM promotions WHERE <column> = :value")
        .define("column", column)
        .bind("value", value)
        .map(
            (rs, context) ->
                new StoredPromotion(
                    rs.getString("id"),
                    rs.getString("proposal_id"),
                    rs.getString("state"),
                    rs.getString("camp_path"),
                    rs.getString("written_json")))
        .findOne();
  }
}
