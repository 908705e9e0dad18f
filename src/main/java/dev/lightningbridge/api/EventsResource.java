package dev.lightningbridge.api;

import dev.lightningbridge.runs.RunFeed;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.workshop.Workshop;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/runs/{id}/events} and {@code /log}: what happens in a run. */
@Path("/api/v1/runs/{id}")
@Tag(name = "Runs")
public class EventsResource {
  private final RunStore runs;
  private final RunFeed feed;

  EventsResource(Workshop workshop, RunFeed feed) {
    this.runs = workshop.runs();
    this.feed = feed;
  }

  @GET
  @Path("events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(
      operationId = "watchRun",
      summary = "A run's events as server-sent events",
      description =
          "From the first one on, or after Last-Event-ID. Each event's id is its sequence, its name"
              + " its type, its data a RunEvent. The last one is named \"end\", its data the run's"
              + " state; then the stream ends.")
  @APIResponse(
      responseCode = "200",
      description = "The events.",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema = @Schema(implementation = SseEvent.class)))
  public void watch(
      @PathParam("id") String id,
      @Parameter(description = "The id of the last event that was received.")
          @HeaderParam("Last-Event-ID")
          @Pattern(regexp = "^[0-9]{1,15}$")
          @Nullable String last,
      @Context SseEventSink sink,
      @Context Sse sse) {
    runs.get(id);
    feed.watch(id, last == null ? 0 : Long.parseLong(last), new SseWatcher(sink, sse));
  }

  @GET
  @Path("log")
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "listEvents", summary = "A run's events, the oldest first")
  public EventView.Page log(
      @PathParam("id") String id,
      @QueryParam("after") @DefaultValue("0") @Min(0) long after,
      @QueryParam("limit") @DefaultValue("500") @Min(1) @Max(2000) int limit) {
    runs.get(id);
    List<EventView> events =
        runs.log().eventsAfter(id, after, limit).stream().map(EventView::of).toList();
    return new EventView.Page(events, events.size() == limit ? events.getLast().sequence() : null);
  }

  /** As it is sent, line by line. */
  @Schema(description = "A server-sent event: its lines \"id\", \"event\" and \"data\".")
  record SseEvent(@Nullable String id, @Nullable String event, @Nullable String data) {}
}
