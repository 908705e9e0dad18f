package dev.lightningbridge.api;

import dev.lightningbridge.api.requests.NewRun;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.dataset.export.ExportReport;
import dev.lightningbridge.dataset.export.ExportRequest;
import dev.lightningbridge.dataset.export.ExportRequest.EventShape;
import dev.lightningbridge.dataset.export.Format;
import dev.lightningbridge.dataset.export.PairRules;
import dev.lightningbridge.dataset.split.SplitPlan;
import dev.lightningbridge.server.ApiError;
import dev.lightningbridge.server.Databases;
import dev.lightningbridge.workshop.Workshop;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/databases/{database}/exports}: training data as a download. */
@Path("/api/v1/databases/{database}/exports")
@Tag(name = "Databases")
public class ExportsResource {
  private static final String ZIP = "application/zip";
  private static final String ROWS = "application/x-ndjson";
  private static final String CSV = "text/csv";

  private final Databases databases;
  private final Workshop workshop;
  private final ExportCounter counter;

  ExportsResource(Databases databases, Workshop workshop, ExportCounter counter) {
    this.databases = databases;
    this.workshop = workshop;
    this.counter = counter;
  }

  @GET
  @Path("{format}")
  @Produces({ZIP, ROWS, CSV})
  @Operation(
      operationId = "export",
      summary = "A database's training data",
      description =
          "As a zip of its files with report.json (counts, skipped rows, cursor), or the rows alone"
              + " where the format has one file. It is complete before the first byte is sent: an"
              + " error is an answer of its own, never half a file.")
  @APIResponse(
      responseCode = "200",
      description = "The download.",
      content = {
        @Content(mediaType = ZIP, schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = ROWS, schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING, format = "binary"))
      })
  public Response export(
      @PathParam("database") String database,
      @PathParam("format")
          @Pattern(regexp = "^(events|tasks|rollouts|resources|rewards|store|sft|dpo|rl)$")
          String format,
      @Parameter(description = "zip, or the rows of a format that has one file.")
          @QueryParam("as")
          @DefaultValue("zip")
          @Pattern(regexp = "^(zip|rows)$")
          String as,
      @Parameter(description = "Only this session.") @QueryParam("session") @Size(max = 200)
          @Nullable String session,
      @Parameter(description = "Only attempts with a current score of at least this.")
          @QueryParam("minScore")
          @Min(1)
          @Max(10)
          @Nullable Integer minScore,
      @Parameter(description = "Only what is new since the export that ended with this cursor.")
          @QueryParam("since")
          @Size(max = 200)
          @Nullable String since,
      @Parameter(
              description = "sft: say of each example where it comes from.",
              schema = @Schema(type = SchemaType.BOOLEAN))
          @QueryParam("metadata")
          @DefaultValue("false")
          @Pattern(regexp = "^(true|false)$")
          String metadata,
      @Parameter(description = "dpo: points between the two scores of a pair.")
          @QueryParam("minMargin")
          @DefaultValue("3")
          @Min(1)
          @Max(9)
          int minMargin,
      @Parameter(
              description = "dpo: also pairs whose outputs answer different inputs.",
              schema = @Schema(type = SchemaType.BOOLEAN))
          @QueryParam("crossInput")
          @DefaultValue("false")
          @Pattern(regexp = "^(true|false)$")
          String crossInput,
      @Parameter(description = "dpo: pairs of an input at the most, the widest margins first.")
          @QueryParam("maxPairsPerInput")
          @DefaultValue("20")
          @Min(1)
          @Max(1_000_000)
          int maxPairsPerInput,
      @Parameter(
              description =
                  "events: how they are written; csv_safe has nothing that a spreadsheet would run.")
          @QueryParam("events")
          @DefaultValue("with_payloads")
          @Pattern(regexp = "^(with_payloads|without_payloads|csv|csv_safe)$")
          String events,
      @Parameter(
              description =
                  "tasks, rl: the seed of the split; what runs have sealed stays in test.")
          @QueryParam("splitSeed")
          @DefaultValue("0")
          @Min(-NewRun.SAFE)
          @Max(NewRun.SAFE)
          long splitSeed) {
    java.nio.file.Path camp = databases.get(database);
    ExportFiles files =
        ExportFiles.of(
            camp,
            out ->
                ExportRequest.of(Format.of(format), out)
                    .withSession(Parameters.given(session))
                    .withMinScore(minScore)
                    .withSince(Parameters.given(since))
                    .withMetadata(Boolean.parseBoolean(metadata))
                    .withPairs(
                        new PairRules(
                            minMargin, Boolean.parseBoolean(crossInput), maxPairsPerInput))
                    .withEvents(EventShape.valueOf(events.toUpperCase(Locale.ROOT)))
                    .withSplit(SplitPlan.DEFAULT, workshop.sealedInputs().with(splitSeed)));
    counter.add(files.report());
    return as.equals("zip") ? zip(files) : rows(files);
  }

  private static Response zip(ExportFiles files) {
    StreamingOutput body = files::zipTo;
    return download(body, ZIP, files.report().format() + ".zip", files.report());
  }

  private static Response rows(ExportFiles files) {
    java.nio.file.Path only =
        files
            .only()
            .orElseThrow(
                () -> {
                  files.close();
                  return new BridgeException(
                      ApiError.SEVERAL_FILES,
                      "the format has several files",
                      "as",
                      "Ask for as=zip.");
                });
    String name = String.valueOf(only.getFileName());
    StreamingOutput body = files::rowsTo;
    return download(body, name.endsWith(".csv") ? CSV : ROWS, name, files.report());
  }

  private static Response download(
      StreamingOutput body, String type, String name, ExportReport report) {
    return Response.ok(body, type)
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .header("X-Export-Cursor", report.cursor())
        .build();
  }
}
