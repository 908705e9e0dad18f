package dev.lightningbridge.web;

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

  ProposalPages(Workshop workshop) {
    this.workshop = workshop;
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
