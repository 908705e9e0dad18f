package dev.lightningbridge.api;

import dev.lightningbridge.api.requests.NewJudgeReport;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/judge-reports}: judges compared with people's scores. */
@Path("/api/v1/judge-reports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Judge")
public class JudgeReportsResource {
  private final JudgeReports reports;

  JudgeReportsResource(JudgeReports reports) {
    this.reports = reports;
  }

  /** Reports. */
  public record JudgeReportList(List<JudgeReport> items) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "startJudgeReport", summary = "Compare a judge with people's scores")
  @APIResponse(
      responseCode = "202",
      description = "It runs.",
      headers =
          @Header(
              name = "Location",
              description = "The report.",
              schema = @Schema(implementation = String.class)),
      content = @Content(schema = @Schema(implementation = JudgeReport.class)))
  public Response start(@Valid @NotNull NewJudgeReport asked) {
    JudgeReport report = reports.start(asked);
    return Response.accepted(report)
        .location(URI.create("/api/v1/judge-reports/" + report.id()))
        .build();
  }

  @GET
  @Operation(
      operationId = "listJudgeReports",
      summary = "The reports since the server's start, the newest first")
  public JudgeReportList list() {
    return new JudgeReportList(reports.list());
  }

  @GET
  @Path("{id}")
  @Operation(operationId = "showJudgeReport", summary = "A report with what it found")
  public JudgeReport show(@PathParam("id") String id) {
    return reports.get(id);
  }

  @POST
  @Path("{id}/cancel")
  @Operation(operationId = "cancelJudgeReport", summary = "Cancel a report; nothing of it is kept")
  @APIResponse(
      responseCode = "202",
      description = "It is cancelled soon, or had ended.",
      content = @Content(schema = @Schema(implementation = JudgeReport.class)))
  public Response cancel(@PathParam("id") String id) {
    return Response.accepted(reports.cancel(id)).build();
  }
}
