package dev.lightningbridge.api;

import dev.lightningbridge.corpus.GivenScore;
import dev.lightningbridge.corpus.ScoreWritten;
import dev.lightningbridge.runs.people.OutputFilter;
import dev.lightningbridge.runs.people.Scoring;
import dev.lightningbridge.runs.people.SessionOutput;
import dev.lightningbridge.server.Databases;
import dev.lightningbridge.workshop.Workshop;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/databases/…/sessions/…/outputs}: what people score. */
@Path("/api/v1/databases/{database}/sessions/{session}/outputs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Scores")
public class OutputsResource {
  private static final System.Logger LOG = System.getLogger(OutputsResource.class.getName());

  private final Databases databases;
  private final Scoring scoring;

  OutputsResource(Databases databases, Workshop workshop) {
    this.databases = databases;
    this.scoring = workshop.scoring();
  }

  /** A page of outputs, the oldest first. */
  public record OutputPage(
      List<SessionOutput> items,
      @Schema(description = "Where the next page begins; left out on the last one.")
          @Nullable Integer next) {}

  /** A score. */
  @Schema(
      additionalProperties = Schema.False.class,
      examples = "{\"score\": 8, \"comment\": \"Names the invoice, as it should.\"}")
  public record NewScore(
      @Schema(description = "1 to 10; 10 is the best.")
          @NotNull
          @Min(GivenScore.LEAST)
          @Max(GivenScore.MOST)
          Integer score,
      @Schema(
              description =
                  "Left out, the one that is there stays; an empty one takes it away. Critics of a"
                      + " search read it.")
          @Size(max = 10_000)
          @Nullable String comment) {}

  @GET
  @Operation(
      operationId = "listOutputs",
      summary = "The outputs of a session with people's scores and comments")
  public OutputPage list(
      @PathParam("database") String database,
      @PathParam("session") String session,
      @QueryParam("scored") @Pattern(regexp = "^(true|false)?$") @Nullable String scored,
      @QueryParam("lineageId") @Size(max = 200) @Nullable String lineage,
      @QueryParam("version") @Min(0) @Nullable Integer version,
      @QueryParam("least") @Min(1) @Max(10) @Nullable Integer least,
      @QueryParam("most") @Min(1) @Max(10) @Nullable Integer most,
      @Parameter(description = "Stands in input, output or comment, in capitals or not.")
          @QueryParam("text")
          @Size(max = 200)
          @Nullable String text,
      @Parameter(description = "The \"next\" of the page before.")
          @QueryParam("from")
          @DefaultValue("0")
          @Min(0)
          int from,
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(200) int limit) {
    String which = Parameters.given(scored);
    List<SessionOutput> found =
        scoring.list(
            databases.get(database),
            session,
            new OutputFilter(
                which == null ? null : Boolean.valueOf(which),
                Parameters.given(lineage),
                version,
                least,
                most,
                Parameters.given(text)),
            from,
            limit + 1);
    return new OutputPage(
        found.subList(0, Math.min(limit, found.size())),
        found.size() > limit ? from + limit : null);
  }

  @GET
  @Path("next")
  @Operation(
      operationId = "nextOutput",
      summary = "The output whose score tells most now, and how far the session is",
      description =
          "Agent versions and inputs with few scores come first, then lineages where the judge was"
              + " last found to be far from people, then scores expected near the middle.")
  public Scoring.Next next(
      @PathParam("database") String database,
      @PathParam("session") String session,
      @Parameter(description = "Outputs that shall not come now.")
          @QueryParam("skip")
          @Size(max = 1000)
          @Nullable Set<String> skip) {
    return scoring.next(databases.get(database), session, skip == null ? Set.of() : skip);
  }

  @GET
  @Path("{output}")
  @Operation(operationId = "showOutput", summary = "An output with its score")
  public SessionOutput show(
      @PathParam("database") String database,
      @PathParam("session") String session,
      @PathParam("output") String output) {
    return scoring.get(databases.get(database), session, output);
  }

  @PUT
  @Path("{output}/score")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "scoreOutput",
      summary = "Score an output, or change its score",
      description =
          "Written as Training Camp writes it, in one transaction. The first one of a day is"
              + " preceded by a backup beside the file.")
  public ScoreWritten score(
      @PathParam("database") String database,
      @PathParam("session") String session,
      @PathParam("output") String output,
      @Valid @NotNull NewScore score) {
    scoring.get(databases.get(database), session, output);
    ScoreWritten written =
        scoring.score(
            databases.get(database), new GivenScore(output, score.score(), score.comment()));
    LOG.log(System.Logger.Level.INFO, "output {0}: scored", output);
    return written;
  }

  @DELETE
  @Path("{output}/score")
  @Operation(
      operationId = "undoScore",
      summary = "Take back the last score that was given here",
      description = "What the app wrote stays: 409 with LB-1074.")
  public ScoreWritten undo(
      @PathParam("database") String database,
      @PathParam("session") String session,
      @PathParam("output") String output) {
    scoring.get(databases.get(database), session, output);
    ScoreWritten written = scoring.undo(databases.get(database), output);
    LOG.log(System.Logger.Level.INFO, "output {0}: its score was taken back", output);
    return written;
  }
}
