package dev.lightningbridge.api;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.dataset.split.Inspection;
import dev.lightningbridge.dataset.split.SplitPlan;
import dev.lightningbridge.server.Databases;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/databases}. */
@Path("/api/v1/databases")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Databases")
public class DatabasesResource {
  private final Databases databases;

  DatabasesResource(Databases databases) {
    this.databases = databases;
  }

  /** A database that may be used. */
  @Schema(name = "Database")
  public record DatabaseView(
      @Schema(examples = "3f1c0a9be27d4451") String id,
      @Schema(examples = "/data/camp/camp.db") String path,
      long bytes,
      Instant modifiedAt) {}

  /** The databases below the configured folders. */
  public record DatabaseList(
      List<DatabaseView> items,
      @Schema(description = "The folders that were searched.") List<String> folders) {}

  @GET
  @Operation(
      operationId = "listDatabases",
      summary = "The Training Camp databases in the configured folders")
  public DatabaseList list() {
    return new DatabaseList(
        databases.all().stream()
            .map(d -> new DatabaseView(d.id(), d.path().toString(), d.bytes(), d.modifiedAt()))
            .toList(),
        databases.folders().stream().map(Object::toString).toList());
  }

  @GET
  @Path("{database}/inspection")
  @Operation(
      operationId = "inspectDatabase",
      summary = "Sessions, lineages and versions, and what can be optimised")
  public Inspection inspect(
      @PathParam("database") String database,
      @Parameter(
              description = "Take in what belongs to sessions that were deleted.",
              schema = @Schema(type = SchemaType.BOOLEAN))
          @QueryParam("includeOrphans")
          @DefaultValue("false")
          @Pattern(regexp = "^(true|false)$")
          String includeOrphans) {
    try (CampDatabase camp =
        CampDatabase.open(
            databases.get(database),
            new CampDatabase.Options(Boolean.parseBoolean(includeOrphans)))) {
      return Inspection.of(camp.corpus(), SplitPlan.DEFAULT);
    }
  }
}
