package dev.lightningbridge.runs.promotion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.camp.AgentVersionWriter;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.PromotionRequest;
import dev.lightningbridge.corpus.RollbackRequest;
import dev.lightningbridge.corpus.Written;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.CampGuard;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.promotion.PromotionStore.StoredPromotion;
import dev.lightningbridge.runs.promotion.ProposalStore.Proposal;
import dev.lightningbridge.runs.request.RunError;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes proposals into their Training Camp databases and takes them back. What was written is kept
 * by id in bridge.db; where a process died between the two files, the next call finds in the camp
 * database what was written and goes on from there.
 */
public final class Promotions {
  private final ProposalStore proposals;
  private final RunStore runs;
  private final ProposalFindings findings;
  private final CampGuard guard;
  private final Clock clock;

  public Promotions(
      ProposalStore proposals,
      RunStore runs,
      ProposalFindings findings,
      CampGuard guard,
      Clock clock) {
    this.proposals = proposals;
    this.runs = runs;
    this.findings = findings;
    this.guard = guard;
    this.clock = clock;
  }

  /**
   * Writes the proposal's prompt, or its model, as its lineage's next agent version.
   *
   * @param allowLocked whether a lineage that was locked since may be changed
   * @param acceptedFindings the ids of those findings that a person has read and accepts
   * @throws BridgeException where there is no such proposal, it was decided before, a finding is
   *     not accepted, the agent has moved on, or the file cannot be written
   */
  public Promotion promote(String proposalId, boolean allowLocked, Set<String> acceptedFindings) {
    Proposal proposal = proposals.proposal(proposalId);
    if (!proposal.state().equals("waiting")) {
      throw ProposalStore.decided(proposal);
    }
    findings.require(proposal, acceptedFindings);
    StoredRun run = runs.get(proposal.runId());
    AgentVersionWriter writer = writer(run.campPath());
    StoredPromotion promotion = proposals.promotions().begin(proposal, run.campPath());
    Written written =
        writer
            .promotionOf(run.id())
            .orElseGet(() -> writer.promote(request(run, proposal, allowLocked)));
    proposals
        .promotions()
        .written(promotion, text(written.backup()), Json.write(written), proposal.runId());
    return view(promotion, "written", run, written);
  }

  /**
   * Leaves the agent as it is; the run counts as held.
   *
   * @param reason for those who ask later
   * @throws BridgeException where there is no such proposal, or it was decided before
   */
  public Proposal reject(String proposalId, String reason) {
    Proposal proposal = proposals.proposal(proposalId);
    if (!proposals.reject(proposal, reason)) {
      throw ProposalStore.decided(proposals.proposal(proposalId));
    }
    return proposals.proposal(proposalId);
  }

  /** What stands of a promotion, by its id. */
  public Promotion show(String promotionId) {
    StoredPromotion promotion = proposals.promotions().promotion(promotionId);
    StoredRun run = runs.get(proposals.proposal(promotion.proposalId()).runId());
    String written = promotion.writtenJson();
    return new Promotion(
        promotion.id(),
        promotion.proposalId(),
        run.id(),
        promotion.state(),
        run.campPath(),
        run.sandbox(),
        written == null ? Json.mapper().createObjectNode() : Json.read(written, JsonNode.class));
  }

  /**
   * As {@link #promote}, of a proposal without findings; where it was written before, this only
   * says what was.
   */
  public Promotion promoteOnce(String proposalId) {
    Proposal proposal = proposals.proposal(proposalId);
    StoredPromotion before = proposals.promotions().promotionOf(proposal.runId()).orElse(null);
    if (before == null || before.writtenJson() == null) {
      return promote(proposalId, false, Set.of());
    }
    return view(before, before.state(), runs.get(proposal.runId()), read(before.writtenJson()));
  }

  /**
   * Takes a promotion back: the baseline becomes the newest agent version again.
   *
   * @throws BridgeException where there is no such promotion, it was taken back before, the agent
   *     has moved on, or the file cannot be written
   */
  public Promotion rollback(String promotionId) {
    StoredPromotion promotion = proposals.promotions().promotion(promotionId);
    String writtenJson = promotion.writtenJson();
    if (!promotion.state().equals("written") || writtenJson == null) {
      throw new BridgeException(
          RunError.WRONG_STATE,
          "the promotion cannot be taken back: it is " + promotion.state().replace('_', ' '),
          promotionId,
          promotion.state().equals("writing")
              ? "It was broken off; `promote " + promotion.proposalId() + "` finishes it."
              : "Nothing is left to do.");
    }
    Proposal proposal = proposals.proposal(promotion.proposalId());
    StoredRun run = runs.get(proposal.runId());
    Written promoted = read(writtenJson);
    // Of a dump, the promotion stands in the new one: that is what is taken back.
    Path dump = promoted.dump();
    AgentVersionWriter writer = writer(dump == null ? run.campPath() : dump.toString());
    Written written =
        writer
            .rollbackOf(run.id())
            .orElseGet(
                () ->
                    writer.rollback(
                        new RollbackRequest(
                            run.id(),
                            run.sessionId(),
                            run.lineageId(),
                            promoted.agentVersionId(),
                            run.baselineId(),
                            "The promotion of run %s was taken back.".formatted(run.id()),
                            true,
                            null)));
    proposals.promotions().rolledBack(promotionId, Json.write(written), run.id());
    return view(promotion, "rolled_back", run, written);
  }

  private AgentVersionWriter writer(String campPath) {
    Path camp = Path.of(campPath);
    guard.check(camp);
    return AgentVersionWriter.open(camp, clock, UUID::randomUUID);
  }

  private PromotionRequest request(StoredRun run, Proposal proposal, boolean allowLocked) {
    return new PromotionRequest(
        run.id(),
        run.sessionId(),
        run.lineageId(),
        run.baselineId(),
        run.baselinePrompt(),
        proposal.prompt(),
        proposal.model(),
        hypothesis(run, proposal),
        verdict(proposal).sentence(),
        allowLocked || (!runs.isScheduled(run.id()) && lockedWhenAskedFor(run)),
        null);
  }

  private static String hypothesis(StoredRun run, Proposal proposal) {
    if (proposal.model() != null) {
      return "The trained model does better on inputs of this kind";
    }
    return run.sandbox()
        ? "The prompt did better in the sandbox, a simulated model"
        : "The prompt does better on inputs of this kind";
  }

  /**
   * A lineage that the user named although it was locked may be written; no user names a night's.
   */
  private static boolean lockedWhenAskedFor(StoredRun run) {
    try {
      var request = Json.mapper().readTree(run.requestJson());
      return !request.path("lineageId").isNull() || request.path("allowLocked").asBoolean(false);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("run " + run.id() + " has a request that is no JSON", e);
    }
  }

  private static Verdict verdict(Proposal proposal) {
    try {
      return Json.mapper().readValue(proposal.verdictJson(), Verdict.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("proposal " + proposal.id() + " has no readable verdict", e);
    }
  }

  private static Written read(String json) {
    try {
      return Json.mapper().readValue(json, Written.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("bridge.db holds a promotion that cannot be read", e);
    }
  }

  private static Promotion view(
      StoredPromotion promotion, String state, StoredRun run, Written written) {
    return new Promotion(
        promotion.id(),
        promotion.proposalId(),
        run.id(),
        state,
        run.campPath(),
        run.sandbox(),
        Json.mapper().valueToTree(written));
  }

  private static @Nullable String text(@Nullable Path path) {
    return path == null ? null : path.toString();
  }
}
