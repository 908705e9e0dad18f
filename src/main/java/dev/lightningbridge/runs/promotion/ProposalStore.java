package dev.lightningbridge.runs.promotion;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.runs.request.RunError;
import dev.lightningbridge.store.BridgeDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Proposals in bridge.db. */
public final class ProposalStore {
  private final BridgeDatabase database;
  private final Clock clock;
  private final PromotionStore promotions;

  public ProposalStore(BridgeDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.promotions = new PromotionStore(database, this, clock);
  }

  /** What became of the proposals in their databases. */
  public PromotionStore promotions() {
    return promotions;
  }

  /**
   * A winner waiting for approval, or decided.
   *
   * @param state waiting, promoted, rejected or superseded
   * @param model the name of the trained model that is proposed, with the prompt as it was; null
   *     where a prompt is
   * @param createdAt milliseconds since the epoch, as {@code decidedAt}
   * @param reason why it was rejected, or what superseded it
   */
  public record Proposal(
      String id,
      String runId,
      String state,
      String lineageId,
      String baselineId,
      String prompt,
      @Nullable String model,
      String verdictJson,
      long createdAt,
      @Nullable Long decidedAt,
      @Nullable String reason) {}

  /**
   * The proposal of the run's winner: the one made before where there is one, else a new one, which
   * takes the place of those of its lineage that still wait.
   */
  public Proposal propose(
      String runId,
      String lineageId,
      String baselineId,
      String prompt,
      @Nullable String model,
      String verdictJson) {
    Optional<String> before = proposalOf(runId);
    if (before.isPresent()) {
      return proposal(before.get());
    }
    Proposal proposal =
        new Proposal(
            UUID.randomUUID().toString(),
            runId,
            "waiting",
            lineageId,
            baselineId,
            prompt,
            model,
            verdictJson,
            clock.millis(),
            null,
            null);
    database.useTransaction(
        handle -> {
          handle.execute(
              """
              INSERT INTO proposals (id, run_id, state, lineage_id, baseline_id, prompt, model,
                  verdict_json, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
              """,
              proposal.id(),
              proposal.runId(),
              proposal.state(),
              proposal.lineageId(),
              proposal.baselineId(),
              proposal.prompt(),
              proposal.model(),
              proposal.verdictJson(),
              proposal.createdAt());
          Supersession.byNewer(handle, proposal, proposal.createdAt());
        });
    return proposal;
  }

  /**
   * The proposal with this id.
   *
   * @throws BridgeException where there is none
   */
  public Proposal proposal(String id) {
    return database
        .reading(
            handle ->
                handle
                    .createQuery("SELECT * FROM proposals WHERE id = :id")
                    .bind("id", id)
                    .map((rs, context) -> proposal(rs))
                    .findOne())
        .orElseThrow(
            () ->
                new BridgeException(
                    RunError.NO_SUCH_PROPOSAL,
                    "there is no proposal of this id",
                    id,
                    "`runs list` shows the runs with their proposals."));
  }

  /** It cannot be decided: it was. */
  static BridgeException decided(Proposal proposal) {
    if (proposal.state().equals("superseded")) {
      return new BridgeException(
          RunError.WRONG_STATE,
          "the proposal was superseded",
          proposal.id(),
          proposal.reason() + " Decide over that one.");
    }
    return new BridgeException(
        RunError.WRONG_STATE,
        "the proposal was decided before: it is " + proposal.state(),
        proposal.id(),
        "`runs show " + proposal.runId() + "` says what became of it.");
  }

  /**
   * Notes that a person rejected the proposal.
   *
   * @return false where it does not wait any more, or its writing has begun
   */
  boolean reject(Proposal proposal, String reason) {
    return database.inTransaction(
        handle -> {
          int changed =
              handle.execute(
                  """
                  UPDATE proposals SET state = 'rejected', decided_at = ?, reason = ?
                  WHERE id = ? AND state = 'waiting'
                    AND NOT EXISTS (SELECT 1 FROM promotions WHERE proposal_id = proposals.id)
                  """,
                  clock.millis(),
                  reason,
                  proposal.id());
          if (changed == 1) {
            handle.execute("UPDATE runs SET state = 'held' WHERE id = ?", proposal.runId());
            handle.execute("UPDATE models SET state = 'held' WHERE run_id = ?", proposal.runId());
          }
          return changed == 1;
        });
  }

  /** The run's proposal, where its verdict was PROMOTE. */
  public Optional<String> proposalOf(String runId) {
    return database.reading(
        handle ->
            handle
                .createQuery("SELECT id FROM proposals WHERE run_id = :id")
                .bind("id", runId)
                .mapTo(String.class)
                .findOne());
  }

  static Proposal proposal(ResultSet rs) throws SQLException {
    long decided = rs.getLong("decided_at");
    Long decidedAt = rs.wasNull() ? null : decided;
    return new Proposal(
        rs.getString("id"),
        rs.getString("run_id"),
        rs.getString("state"),
        rs.getString("lineage_id"),
        rs.getString("baseline_id"),
        rs.getString("prompt"),
        rs.getString("model"),
        rs.getString("verdict_json"),
        rs.getLong("created_at"),
        decidedAt,
        rs.getString("reason"));
  }
}
