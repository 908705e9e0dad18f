package dev.lightningbridge.api;

import dev.lightningbridge.runs.EvidenceStore;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.ending.ModelStore;
import dev.lightningbridge.runs.promotion.Promotion;
import dev.lightningbridge.runs.promotion.PromotionStore;
import dev.lightningbridge.runs.promotion.Promotions;
import dev.lightningbridge.runs.promotion.ProposalFindings;
import dev.lightningbridge.runs.promotion.ProposalList;
import dev.lightningbridge.runs.promotion.ProposalStore;
import dev.lightningbridge.runs.promotion.ProposalStore.Proposal;
import dev.lightningbridge.workshop.Workshop;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/proposals}: winners that wait for a person's decision, and what was decided. */
@Path("/api/v1/proposals")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Proposals")
public class ProposalsResource {
  private static final System.Logger LOG = System.getLogger(ProposalsResource.class.getName());

  private final RunStore runs;
  private final ProposalStore proposals;
  private final ProposalList list;
  private final EvidenceStore evidence;
  private final Promotions promotions;
  private final ModelStore models;
  private final ProposalFindings findings;

  ProposalsResource(Workshop workshop) {
    this.runs = workshop.runs();
    this.proposals = workshop.proposals();
    this.list = workshop.proposalList();
    this.evidence = workshop.evidence();
    this.promotions = workshop.promotions();
    this.models = workshop.models();
    this.findings = workshop.findings();
  }

  /** A page of proposals, the newest first. */
  public record ProposalPage(
      List<ProposalView> items,
      @Schema(description = "The cursor of the next page; left out on the last one.")
          @Nullable String next) {}

  /** Approves. */
  @Schema(
      additionalProperties = Schema.False.class,
      examples = "{\"allowLocked\": false, \"acceptFindings\": []}")
  public record Approval(
      @Schema(description = "Also where the lineage was locked since.")
          @Nullable Boolean allowLocked,
      @Schema(
              description =
                  "The ids of the findings that a person has read and accepts. Without one of the"
                      + " proposal's findings nothing is written.")
          @Size(max = 1000)
          @Nullable Set<@NotNull String> acceptFindings) {}

  /** Rejects. */
  @Schema(
      additionalProperties = Schema.False.class,
      examples = "{\"reason\": \"Its answers became longer.\"}")
  public record Rejection(
      @Schema(description = "For those who ask later.") @NotNull @Size(min = 1, max = 2000)
          String reason) {}

  @GET
  @Operation(operationId = "listProposals", summary = "Proposals, the newest first")
  public ProposalPage list(
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
      @Parameter(description = "The \"next\" of the page before.")
          @QueryParam("cursor")
          @Size(max = 300)
          @Nullable String cursor,
      @QueryParam("state") @Pattern(regexp = "^(waiting|promoted|rejected|superseded)?$")
          @Nullable String state) {
    List<Proposal> found = list.page(Parameters.given(state), PageCursor.place(cursor), limit + 1);
    List<Proposal> page = found.subList(0, Math.min(limit, found.size()));
    return new ProposalPage(
        page.stream()
            .map(
                proposal ->
                    ProposalView.line(
                        proposal,
                        runs.get(proposal.runId()),
                        promotion(proposal),
                        findings.seen(proposal).orElse(null)))
            .toList(),
        found.size() > limit
            ? PageCursor.of(page.getLast().createdAt(), page.getLast().id())
            : null);
  }

  @GET
  @Path("{id}")
  @Operation(
      operationId = "showProposal",
      summary = "A proposal with its verdict and what that rests on, task by task")
  public ProposalView show(@PathParam("id") String id) {
    return view(proposals.proposal(id));
  }

  @POST
  @Path("{id}/approve")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "approveProposal",
      summary = "Write the new prompt, or the trained model's name, into the database",
      description = "As a new agent version, by new rows only; a backup is made first.")
  public Promotion approve(@PathParam("id") String id, @Valid @NotNull Approval approval) {
    Set<String> accepted = approval.acceptFindings();
    Promotion promotion =
        promotions.promote(
            id,
            Boolean.TRUE.equals(approval.allowLocked()),
            accepted == null ? Set.of() : accepted);
    LOG.log(
        System.Logger.Level.INFO,
        "run {0}: promoted, promotion {1}",
        promotion.runId(),
        promotion.promotionId());
    return promotion;
  }

  @POST
  @Path("{id}/reject")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "rejectProposal", summary = "Leave the agent as it is")
  public ProposalView reject(@PathParam("id") String id, @Valid @NotNull Rejection rejection) {
    Proposal proposal = promotions.reject(id, rejection.reason());
    LOG.log(System.Logger.Level.INFO, "run {0}: held, its proposal was rejected", proposal.runId());
    return view(proposal);
  }

  private ProposalView view(Proposal proposal) {
    return ProposalView.whole(
        proposal,
        runs.get(proposal.runId()),
        promotion(proposal),
        models.ofRun(proposal.runId()).orElse(null),
        findings.seen(proposal).orElse(null),
        evidence.of(proposal.runId()));
  }

  private @Nullable String promotion(Proposal proposal) {
    return proposals
        .promotions()
        .promotionOf(proposal.runId())
        .map(PromotionStore.StoredPromotion::id)
        .orElse(null);
  }
}
