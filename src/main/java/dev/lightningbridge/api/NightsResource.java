package dev.lightningbridge.api;

import dev.lightningbridge.runs.nights.Night;
import dev.lightningbridge.runs.nights.Nights;
import dev.lightningbridge.workshop.Workshop;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/nights}: what schedules did. */
@Path("/api/v1/nights")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Schedules")
public class NightsResource {
  private final Nights nights;

  NightsResource(Workshop workshop) {
    this.nights = workshop.nights();
  }

  /** A page of nights, the newest first. */
  public record NightPage(
      List<Night> items,
      @Schema(description = "The cursor of the next page; left out on the last one.")
          @Nullable String next) {}

  @GET
  @Operation(operationId = "listNights", summary = "What schedules did, the newest night first")
  public NightPage list(
      @QueryParam("limit") @DefaultValue("20") @Min(1) @Max(100) int limit,
      @Parameter(description = "Only of this schedule.") @QueryParam("schedule") @Size(max = 200)
          @Nullable String schedule,
      @Parameter(description = "The \"next\" of the page before.")
          @QueryParam("cursor")
          @Size(max = 200)
          @Nullable String cursor) {
    List<Night> found =
        nights.newest(limit + 1, Parameters.given(schedule), Parameters.given(cursor));
    List<Night> page = found.subList(0, Math.min(limit, found.size()));
    return new NightPage(page, found.size() > limit ? page.getLast().id() : null);
  }

  @GET
  @Path("{id}")
  @Operation(operationId = "showNight", summary = "A night")
  public Night show(@PathParam("id") String id) {
    return nights.get(id);
  }
}
