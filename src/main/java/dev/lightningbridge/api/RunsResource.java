package dev.lightningbridge.api;

import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.Workshop;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code /api/v1/runs}. */
@Path("/api/v1/runs")
@Produces(MediaType.APPLICATION_JSON)
public class RunsResource {
  private final RunStore runs;

  RunsResource(Workshop workshop) {
    this.runs = workshop.runs();
  }

  @GET
  @Path("{id}")
  public StoredRun run(@PathParam("id") String id) {
    return runs.get(id);
  }
}
