package dev.lightningbridge.api;

import dev.lightningbridge.api.requests.NewSchedule;
import dev.lightningbridge.api.requests.ScheduleRequests;
import dev.lightningbridge.runs.nights.Night;
import dev.lightningbridge.runs.nights.Nights;
import dev.lightningbridge.runs.nights.Schedule;
import dev.lightningbridge.runs.nights.Schedules;
import dev.lightningbridge.workshop.Workshop;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/schedules}: standing orders. */
@Path("/api/v1/schedules")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Schedules")
public class SchedulesResource {
  private final Schedules schedules;
  private final Nights nights;
  private final ScheduleRequests requests;

  SchedulesResource(Workshop workshop, ScheduleRequests requests) {
    this.schedules = workshop.schedules();
    this.nights = workshop.nights();
    this.requests = requests;
  }

  /**
   * A schedule and when it is due next.
   *
   * @param nextAt null where it is disabled
   */
  @Schema(name = "PlannedSchedule")
  public record ScheduleView(Schedule schedule, @Nullable Instant nextAt) {
    static ScheduleView of(Schedules.Planned planned) {
      Long next = planned.nextAt();
      return new ScheduleView(planned.schedule(), next == null ? null : Instant.ofEpochMilli(next));
    }
  }

  /** All of them. */
  public record ScheduleList(List<ScheduleView> items) {}

  @GET
  @Operation(operationId = "listSchedules", summary = "The schedules by name")
  public ScheduleList list() {
    return new ScheduleList(schedules.list().stream().map(ScheduleView::of).toList());
  }

  @GET
  @Path("{id}")
  @Operation(operationId = "showSchedule", summary = "A schedule")
  public ScheduleView show(@PathParam("id") String id) {
    return ScheduleView.of(schedules.get(id));
  }

  @PUT
  @Path("{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "putSchedule",
      summary = "Add a schedule, or put it in the place of the one of this id")
  public ScheduleView put(
      @PathParam("id") @Pattern(regexp = "^[A-Za-z0-9._-]{1,64}$") String id,
      @Valid @NotNull NewSchedule schedule) {
    return ScheduleView.of(schedules.put(requests.of(id, schedule)));
  }

  @DELETE
  @Path("{id}")
  @Operation(
      operationId = "removeSchedule",
      summary = "Remove a schedule",
      description = "What its nights did stays.")
  @APIResponse(responseCode = "204", description = "It is removed.")
  public void remove(@PathParam("id") String id) {
    schedules.remove(id);
  }

  @POST
  @Path("{id}/run")
  @Operation(
      operationId = "runSchedule",
      summary = "Begin a night of it now, whether or not it is enabled")
  @APIResponse(
      responseCode = "202",
      description = "It begins within seconds.",
      headers =
          @Header(
              name = "Location",
              description = "The night.",
              schema = @Schema(implementation = String.class)),
      content = @Content(schema = @Schema(implementation = Night.class)))
  public Response run(@PathParam("id") String id) {
    String night = schedules.runNow(id);
    return Response.accepted(nights.get(night))
        .location(URI.create("/api/v1/nights/" + night))
        .build();
  }
}
