package dev.lightningbridge.api;

import dev.lightningbridge.api.requests.NewRun;
import dev.lightningbridge.api.requests.RunRequests;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.runs.RunList;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.ending.ModelStore;
import dev.lightningbridge.runs.models.RunEstimate;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.work.EndpointTrial;
import dev.lightningbridge.runs.work.Optimization;
import dev.lightningbridge.runs.work.RunDoor;
import dev.lightningbridge.runs.work.RunQueue;
import dev.lightningbridge.server.ApiError;
import dev.lightningbridge.server.Databases;
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
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/runs}. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
public class RunsResource {
  private static final System.Logger LOG = System.getLogger(RunsResource.class.getName());

  private final RunStore runs;
  private final RunList list;
  private final ModelStore models;
  private final Optimization optimization;
  private final RunQueue queue;
  private final RunDoor door;
  private final RunRequests requests;
  private final Databases databases;

  RunsResource(Workshop workshop, RunQueue queue, RunRequests requests, Databases databases) {
    this.runs = workshop.runs();
    this.list = workshop.list();
    this.models = workshop.models();
    this.optimization = workshop.optimization();
    this.queue = queue;
    this.door = workshop.door(queue);
    this.requests = requests;
    this.databases = databases;
  }

  /** A page of runs, the newest first. */
  public record RunPage(
      List<RunView> items,
      @Schema(description = "The cursor of the next page; left out on the last one.")
          @Nullable String next) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "startRun",
      summary = "Put a run into the queue",
      description =
          "What it is about is fixed now. Its endpoints are tried first, as by \"check\": where one"
              + " cannot be used the answer is 422 with LB-7130, and there is no run.")
  @APIResponse(
      responseCode = "202",
      description = "It is in the queue; or it was, where its key had been used.",
      headers =
          @Header(
              name = "Location",
              description = "The run.",
              schema = @Schema(implementation = String.class)),
      content = @Content(schema = @Schema(implementation = RunView.class)))
  public Response start(
      @Valid @NotNull NewRun run,
      @Parameter(
              description =
                  "The same key asks for the same run: send one, to be able to try again.")
          @HeaderParam("Idempotency-Key")
          @Size(min = 1, max = 200)
          @Nullable String key) {
    OptimizeRequest request = requests.of(run);
    String id = door.add(request, RunRequests.place(run, key));
    StoredRun stored = runs.get(id);
    if (key != null && !stored.requestJson().equals(Json.write(request))) {
      throw new BridgeException(
          ApiError.KEY_REUSED,
          "the key was used for another run",
          "Idempotency-Key",
          "Use a new key for a new run.");
    }
    LOG.log(System.Logger.Level.INFO, "run {0}: {1}", id, stored.state().text());
    return Response.accepted(view(stored)).location(URI.create("/api/v1/runs/" + id)).build();
  }

  @POST
  @Path("estimate")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "estimateRun",
      summary = "About what a run would call and cost",
      description =
          "Calls no model and keeps nothing. The body is that of a run. It is refused as that is.")
  @APIResponse(
      responseCode = "200",
      description = "The estimate.",
      content =
          @Content(
              schema = @Schema(implementation = RunEstimate.class),
              examples =
                  @ExampleObject(
                      name = "estimate",
                      value =
                          """
                          {"train": 12, "test": 16, "missing": 0, "calls": 420, "usd": 0.08}
                          """)))
  public RunEstimate estimate(@Valid @NotNull NewRun run) {
    return optimization.estimate(requests.of(run));
  }

  @POST
  @Path("check")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "checkEndpoints",
      summary = "Call each model of each endpoint that a run would use once",
      description =
          "The body is that of a run. 422 with LB-7130 says what is wrong and what to do, 503 with"
              + " LB-7131, after ten seconds at most, that it may work later.")
  @APIResponse(
      responseCode = "200",
      description = "They answer; \"said\" is empty where the run would call no endpoint.",
      content = @Content(schema = @Schema(implementation = EndpointTrial.Answered.class)))
  public EndpointTrial.Answered check(@Valid @NotNull NewRun run) {
    return door.tried(requests.of(run));
  }

  @GET
  @Operation(operationId = "listRuns", summary = "Runs, the newest first")
  public RunPage list(
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit,
      @Parameter(description = "The \"next\" of the page before.")
          @QueryParam("cursor")
          @Size(max = 300)
          @Nullable String cursor,
      @QueryParam("state")
          @Pattern(
              regexp =
                  "^(queued|running|waiting_for_approval|promoted|held|failed|cancelled|interrupted)?$")
          @Nullable String state,
      @Parameter(description = "Only runs of the database of this id or path.")
          @QueryParam("database")
          @Size(max = 4096)
          @Nullable String database,
      @QueryParam("lineageId") @Size(max = 200) @Nullable String lineage) {
    List<StoredRun> found =
        list.page(
            new RunList.Filter(
                state == null || state.isEmpty() ? null : RunState.of(state),
                database == null || database.isEmpty()
                    ? null
                    : databases.resolve(database).toString(),
                lineage == null || lineage.isEmpty() ? null : lineage),
            PageCursor.place(cursor),
            limit + 1);
    List<StoredRun> page = found.subList(0, Math.min(limit, found.size()));
    return new RunPage(
        page.stream().map(run -> RunView.line(run, runs.spending().of(run.id()))).toList(),
        found.size() > limit
            ? PageCursor.of(page.getLast().createdAt(), page.getLast().id())
            : null);
  }

  @GET
  @Path("{id}")
  @Operation(operationId = "showRun", summary = "A run with its request and its result")
  public RunView show(@PathParam("id") String id) {
    return view(runs.get(id));
  }

  @POST
  @Path("{id}/cancel")
  @Operation(
      operationId = "cancelRun",
      summary = "Cancel a run",
      description = "One that waits is cancelled at once, one that runs within a second or two.")
  @APIResponse(
      responseCode = "202",
      description = "It is cancelled, or will be soon.",
      content = @Content(schema = @Schema(implementation = RunView.class)))
  public Response cancel(@PathParam("id") String id) {
    boolean now = runs.cancel(id);
    LOG.log(System.Logger.Level.INFO, "run {0}: {1}", id, now ? "cancelled" : "to be cancelled");
    return Response.accepted(view(runs.get(id))).build();
  }

  @POST
  @Path("{id}/resume")
  @Operation(
      operationId = "resumeRun",
      summary = "Put a run that failed, was cancelled or broken off into the queue again",
      description = "No finished model call is repeated.")
  @APIResponse(
      responseCode = "202",
      description = "It is in the queue.",
      content = @Content(schema = @Schema(implementation = RunView.class)))
  public Response resume(@PathParam("id") String id) {
    runs.get(id).requireResumable("Start another run.");
    queue.again(id);
    LOG.log(System.Logger.Level.INFO, "run {0}: in the queue again", id);
    return Response.accepted(view(runs.get(id))).build();
  }

  private RunView view(StoredRun run) {
    return RunView.whole(run, runs.spending().of(run.id()), models.ofRun(run.id()).orElse(null));
  }
}
