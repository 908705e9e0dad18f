package dev.lightningbridge.api;

import dev.lightningbridge.api.requests.AskedImport;
import dev.lightningbridge.api.requests.ImportRequests;
import dev.lightningbridge.api.requests.NewImport;
import dev.lightningbridge.imports.ImportReport;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/imports}: files of scored outputs and tasks, brought into a database. */
@Path("/api/v1/imports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Databases")
public class ImportsResource {
  private final ImportRequests requests;

  ImportsResource(ImportRequests requests) {
    this.requests = requests;
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @Operation(
      operationId = "importRows",
      summary = "Make or extend a database of what other programs recorded",
      description =
          "As the command import. The same file twice adds nothing. A body has at most 8 MiB; the"
              + " command takes files of any size.")
  @APIResponse(
      responseCode = "200",
      description = "What became of the rows.",
      content = @Content(schema = @Schema(implementation = ImportReport.class)))
  public ImportReport add(@Valid @BeanParam NewImport form) {
    return requests.run(AskedImport.of(form));
  }
}
