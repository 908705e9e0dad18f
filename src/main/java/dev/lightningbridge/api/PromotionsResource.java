package dev.lightningbridge.api;

import dev.lightningbridge.runs.promotion.Promotion;
import dev.lightningbridge.runs.promotion.Promotions;
import dev.lightningbridge.workshop.Workshop;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/promotions}: what was written into databases, and its undoing. */
@Path("/api/v1/promotions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Promotions")
public class PromotionsResource {
  private static final System.Logger LOG = System.getLogger(PromotionsResource.class.getName());

  private final Promotions promotions;

  PromotionsResource(Workshop workshop) {
    this.promotions = workshop.promotions();
  }

  @GET
  @Path("{id}")
  @Operation(operationId = "showPromotion", summary = "What was written, by id")
  public Promotion show(@PathParam("id") String id) {
    return promotions.show(id);
  }

  @POST
  @Path("{id}/rollback")
  @Operation(
      operationId = "rollBack",
      summary = "Take a promotion back",
      description =
          "By new rows: the prompt of before becomes the newest agent version. Refused where the"
              + " agent has moved on.")
  public Promotion rollback(@PathParam("id") String id) {
    Promotion promotion = promotions.rollback(id);
    LOG.log(System.Logger.Level.INFO, "run {0}: rolled back, promotion {1}", promotion.runId(), id);
    return promotion;
  }
}
