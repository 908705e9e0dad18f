package dev.lightningbridge.api;

import dev.lightningbridge.workshop.Workshop;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/waiting-runs}: what waits for people to compare outputs. */
@Path("/api/v1/waiting-runs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "People")
public class WaitingResource {
  private final Workshop workshop;

  WaitingResource(Workshop workshop) {
    this.workshop = workshop;
  }

  /** Runs by id. */
  public record WaitingRuns(List<String> items) {}

  @GET
  @Operation(
      operationId = "listWaitingRuns",
      summary = "The runs that wait for people to compare outputs, the oldest first")
  public WaitingRuns waiting() {
    return new WaitingRuns(workshop.people().open());
  }
}
