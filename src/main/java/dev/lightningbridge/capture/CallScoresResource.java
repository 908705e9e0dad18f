package dev.lightningbridge.capture;

import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.camp.writing.CaptureReader;
import dev.lightningbridge.capture.recording.CaptureError;
import dev.lightningbridge.capture.recording.CapturedAgent;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.GivenScore;
import dev.lightningbridge.corpus.ScoreWritten;
import dev.lightningbridge.server.Access;
import io.vertx.ext.web.RoutingContext;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/attempts/…/score} and by trace: scores that applications give. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Capture")
public class CallScoresResource {
  private static final String AGENT =
      "The agent whose call it is; left out, all are looked through. An agent's own token finds its"
          + " own calls alone.";

  private final CapturedAgents agents;
  private final CallScores scores;

  CallScoresResource(CapturedAgents agents, CallScores scores) {
    this.agents = agents;
    this.scores = scores;
  }

  /** A score of a call. */
  @Schema(
      additionalProperties = Schema.False.class,
      examples = "{\"thumbs\": \"up\", \"comment\": \"The customer was glad.\"}")
  public record CallScore(
      @Schema(description = "1 to 10; 10 is the best.") @Min(GivenScore.LEAST) @Max(GivenScore.MOST)
          @Nullable Integer score,
      @Schema(description = "In the place of a score: up is 10, down is 1.")
          @Pattern(regexp = "^(up|down)$")
          @Nullable String thumbs,
      @Schema(
              description =
                  "Left out, the one that is there stays; an empty one takes it away. Critics of a"
                      + " search read it.")
          @Size(max = 10_000)
          @Nullable String comment) {
    int value() {
      if ((score == null) == (thumbs == null)) {
        throw new BridgeException(
            CaptureError.SCORE_UNCLEAR,
            score == null ? "neither score nor thumbs is given" : "both score and thumbs are given",
            "score, thumbs",
            "Give one of them.");
      }
      return score != null
          ? score
          : String.valueOf(thumbs).equals("up") ? GivenScore.MOST : GivenScore.LEAST;
    }
  }

  @POST
  @Path("attempts/{attempt}/score")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "scoreAttempt",
      summary = "Score a captured call, or change its score",
      description =
          "The attempt's id stands in the call's answer, header X-Attempt-Id. The same score twice"
              + " is written once.")
  public ScoreWritten attempt(
      @PathParam("attempt") @Size(max = 200) String attempt,
      @Parameter(description = AGENT) @QueryParam("agent") @Size(max = 64) @Nullable String agent,
      @Valid @NotNull CallScore score,
      @Context RoutingContext context) {
    return write(agent, context, attempt, reader -> reader.ofAttempt(attempt), score);
  }

  @POST
  @Path("traces/{trace}/score")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "scoreTrace",
      summary = "Score the last call of a trace, or change its score",
      description = "The trace's id is the one that the calls had in X-Trace-Id or traceparent.")
  public ScoreWritten trace(
      @PathParam("trace") @Size(max = 200) String trace,
      @Parameter(description = AGENT) @QueryParam("agent") @Size(max = 64) @Nullable String agent,
      @Valid @NotNull CallScore score,
      @Context RoutingContext context) {
    return write(agent, context, trace, reader -> reader.ofTrace(trace), score);
  }

  private ScoreWritten write(
      @Nullable String named,
      RoutingContext context,
      String id,
      Function<CaptureReader, Optional<String>> search,
      CallScore score) {
    int value = score.value();
    String own = Access.agentOf(context);
    String name = own != null ? own : named == null || named.isEmpty() ? null : named;
    List<CapturedAgent> searched =
        name == null
            ? agents.all().stream()
                .map(CapturedAgents.Agent::captured)
                .filter(agent -> agents.findDatabase(agent).isPresent())
                .toList()
            : List.of(agents.get(name).captured());
    return scores.write(searched, search, value, score.comment()).orElseThrow(() -> unknown(id));
  }

  private static BridgeException unknown(String id) {
    return new BridgeException(
        CampError.OUTPUT_UNKNOWN,
        "no captured call has this id",
        id,
        "Take the id from the header X-Attempt-Id of the call's answer; a call that is not recorded"
            + " has none, or is counted at GET /api/v1/agents.");
  }
}
