package dev.lightningbridge.api;

import dev.lightningbridge.api.requests.NewRun;
import dev.lightningbridge.api.requests.RunRequests;
import dev.lightningbridge.runs.work.Optimization;
import dev.lightningbridge.workshop.Workshop;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/runs/notes}. */
@Path("/api/v1/runs/notes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Runs")
public class RunNotesResource {
  private final Optimization optimization;
  private final RunRequests requests;

  RunNotesResource(Workshop workshop, RunRequests requests) {
    this.optimization = workshop.optimization();
    this.requests = requests;
  }

  /** What should be known before a run, each a sentence. */
  @Schema(name = "RunNotes")
  public record Notes(List<String> notes) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "noteRun",
      summary = "What should be known of a run's tasks before it",
      description =
          "The body is that of a run. The notes say what was read and left out, which names are not"
              + " known, which places of the prompt and values do not fit, and which grader auto is.")
  @APIResponse(
      responseCode = "200",
      description = "Sentences.",
      content = @Content(schema = @Schema(implementation = Notes.class)))
  public Notes notes(@Valid @NotNull NewRun run) {
    return new Notes(optimization.notes(requests.of(run)));
  }
}
