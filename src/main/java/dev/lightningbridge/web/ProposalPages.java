package dev.lightningbridge.web;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.runs.QueuePlace;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.promotion.ProposalStore;
import dev.lightningbridge.runs.report.HtmlText;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.work.RunDoor;
import dev.lightningbridge.runs.work.RunQueue;
import dev.lightningbridge.server.ApiError;
import dev.lightningbridge.workshop.Workshop;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashSet;
import java.util.List;

/** A proposal with its evidence, and a person's decision over it. */
@Path("/proposals/{id}")
@Produces(MediaType.TEXT_HTML)
public class ProposalPages {
  private static final System.Logger LOG = System.getLogger(ProposalPages.class.getName());

  private final Workshop workshop;
  private final RunDoor door;

  ProposalPages(Workshop workshop, RunQueue queue) {
    this.workshop = workshop;
    this.door = workshop.door(queue);
  }

  record Proposal(ProposalOnPage proposal) implements TemplateInstance {}

  @GET
  public TemplateInstance proposal(@PathParam("id") String id) {
    return new Proposal(ProposalOnPage.of(workshop.proposals().proposal(id), workshop));
  }

  @POST
  @Path("approve")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response approve(
      @PathParam("id") String id,
      @FormParam("allowLocked") @DefaultValue("false") boolean allowLocked,
      @FormParam("acceptFindings") List<String> acceptFindings) {
    var promotion =
        workshop.promotions().promote(id, allowLocked, new LinkedHashSet<>(acceptFindings));
    LOG.log(
        System.Logger.Level.INFO,
        "run {0}: promoted, promotion {1}",
        promotion.runId(),
        promotion.promotionId());
    return shownAgain();
  }

  @POST
  @Path("reject")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response reject(
      @PathParam("id") String id, @FormParam("reason") @DefaultValue("") String reason) {
    var proposal = workshop.promotions().reject(id, reason.strip());
    LOG.log(System.Logger.Level.INFO, "run {0}: held, its proposal was rejected", proposal.runId());
    return shownAgain();
  }

  /**
   * A new run about the prompt as a person edited it, on the lineage and with the models of this.
   */
  @POST
  @Path("test")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response test(
      @PathParam("id") String id, @FormParam("prompt") @DefaultValue("") String prompt) {
    ProposalStore.Proposal proposal = workshop.proposals().proposal(id);
    if (prompt.isBlank() || proposal.model() != null) {
      throw new BridgeException(
          ApiError.BAD_REQUEST,
          prompt.isBlank() ? "the prompt is empty" : "a trained model is proposed, and no prompt",
          "prompt",
          "Write the prompt that is to be tested in place of a proposed one.");
    }
    StoredRun run = workshop.runs().get(proposal.runId());
    OptimizeRequest request =
        Json.read(run.requestJson(), OptimizeRequest.class)
            .ofLineage(run.lineageId())
            .withCandidate(HtmlText.edited(prompt, proposal.prompt()));
    String started = door.add(request, QueuePlace.LAST);
    LOG.log(System.Logger.Level.INFO, "run {0}: queued, an edited prompt", started);
    return Response.noContent().header("HX-Redirect", "/runs/" + started).build();
  }

  @POST
  @Path("rollback")
  public Response rollback(@PathParam("id") String id) {
    String run = workshop.proposals().proposal(id).runId();
    String promotion =
        workshop
            .proposals()
            .promotions()
            .promotionOf(run)
            .map(stored -> stored.id())
            .orElseThrow(NotFoundException::new);
    workshop.promotions().rollback(promotion);
    LOG.log(System.Logger.Level.INFO, "run {0}: rolled back, promotion {1}", run, promotion);
    return shownAgain();
  }

  private static Response shownAgain() {
    return Response.noContent().header("HX-Refresh", "true").build();
  }
}
