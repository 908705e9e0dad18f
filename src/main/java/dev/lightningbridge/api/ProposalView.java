package dev.lightningbridge.api;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.findings.Finding;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.TaskEvidence;
import dev.lightningbridge.runs.ending.RegisteredModel;
import dev.lightningbridge.runs.promotion.ProposalStore.Proposal;
import dev.lightningbridge.server.Databases;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A proposal.
 *
 * @param prompt the new prompt; null in lists, as what follows it
 */
@Schema(name = "Proposal")
public record ProposalView(
    String id,
    @Schema(enumeration = {"waiting", "promoted", "rejected", "superseded"}) String state,
    @Schema(
            description =
                "What a person must see first: with one of them nothing is promoted by itself. Null"
                    + " where it could not be looked at yet, since its database cannot be read.")
        @Nullable List<Finding> findings,
    String runId,
    @Schema(description = "A simulated model answered: the figures prove the pipeline only.")
        boolean sandbox,
    String databaseId,
    String database,
    String sessionId,
    String lineageId,
    @Schema(description = "The agent version that it would follow.") String baselineId,
    Verdict verdict,
    Instant createdAt,
    @Nullable Instant decidedAt,
    @Schema(description = "Why it was rejected, or what superseded it.") @Nullable String reason,
    @Nullable String promotionId,
    @Schema(
            description =
                "The trained model that is proposed as the agent's; null where a prompt is.")
        @Nullable String model,
    @Schema(description = "What that model is and was made of.") @Nullable ModelView trained,
    @Nullable String prompt,
    @Nullable String baselinePrompt,
    @Schema(description = "The sealed test, the worst regressions first.")
        @Nullable List<TaskEvidence> tasks) {

  static ProposalView line(
      Proposal proposal,
      StoredRun run,
      @Nullable String promotionId,
      @Nullable List<Finding> findings) {
    return view(proposal, run, promotionId, null, findings, null);
  }

  static ProposalView whole(
      Proposal proposal,
      StoredRun run,
      @Nullable String promotionId,
      @Nullable RegisteredModel trained,
      @Nullable List<Finding> findings,
      List<TaskEvidence> tasks) {
    return view(
        proposal,
        run,
        promotionId,
        trained == null ? null : ModelView.line(trained),
        findings,
        tasks);
  }

  private static ProposalView view(
      Proposal proposal,
      StoredRun run,
      @Nullable String promotionId,
      @Nullable ModelView trained,
      @Nullable List<Finding> findings,
      @Nullable List<TaskEvidence> tasks) {
    Long decided = proposal.decidedAt();
    return new ProposalView(
        proposal.id(),
        proposal.state(),
        findings,
        proposal.runId(),
        run.sandbox(),
        Databases.id(Path.of(run.campPath())),
        run.campPath(),
        run.sessionId(),
        proposal.lineageId(),
        proposal.baselineId(),
        Json.read(proposal.verdictJson(), Verdict.class),
        Instant.ofEpochMilli(proposal.createdAt()),
        decided == null ? null : Instant.ofEpochMilli(decided),
        proposal.reason(),
        promotionId,
        proposal.model(),
        trained,
        tasks == null ? null : proposal.prompt(),
        tasks == null ? null : run.baselinePrompt(),
        tasks);
  }
}
