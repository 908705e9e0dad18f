package dev.lightningbridge.capture;

import dev.lightningbridge.capture.recording.CaptureTally;
import dev.lightningbridge.capture.recording.CapturedAgent;
import dev.lightningbridge.optimize.verdict.InUseComparison;
import dev.lightningbridge.server.AgentTokens;
import dev.lightningbridge.server.Databases;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/agents}: the applications whose calls are captured. */
@Path("/api/v1/agents")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Capture")
public class CapturedAgentsResource {
  private final CapturedAgents agents;
  private final AgentTokens tokens;
  private final Trials trials;

  CapturedAgentsResource(CapturedAgents agents, AgentTokens tokens, Trials trials) {
    this.agents = agents;
    this.tokens = tokens;
    this.trials = trials;
  }

  /** A candidate that a share of those who ask for the prompt is given. */
  @Schema(name = "CandidateInUse")
  public record InUse(
      String proposalId,
      @Schema(description = "Of the keys, 0 to 1.") double share,
      @Schema(description = "Whether the scores so far show it to be worse or better.")
          InUseComparison.State state,
      @Schema(description = "Scored calls with it, each beside one with the prompt in use.")
          int pairs,
      @Schema(description = "Of the mean rewards, -1 to 1; above 0 it does better.")
          double difference) {}

  /** An agent and what became of its calls since the server's start. */
  @Schema(name = "CapturedAgent")
  public record AgentView(
      @Schema(description = "Also that of its session.") String name,
      @Schema(
              description =
                  "The id of its database, which its first call makes; left out where it is in no folder"
                      + " that the server may use.")
          @Nullable String databaseId,
      @Schema(description = "Where its token is.") String tokenFile,
      @Schema(description = "Whether its calls are recorded; they are passed on all the same.")
          boolean enabled,
      double share,
      @Schema(description = "Calls that are in the database.") long recorded,
      @Schema(description = "Calls that wait to be written.") long waiting,
      @Schema(
              description =
                  "Calls that are not recorded, by reason; queue_full and not_written are lost.")
          Map<String, Long> unrecorded,
      @Nullable Instant lastRecordedAt,
      @Schema(description = "Why a writing failed; left out since one went well.")
          @Nullable String failure,
      @Schema(description = "What a share is given, by lineage; empty where nobody is.")
          List<InUse> candidates) {}

  /** All. */
  @Schema(name = "CapturedAgentList")
  public record AgentList(List<AgentView> items) {}

  @GET
  @Operation(
      operationId = "listCapturedAgents",
      summary = "The agents whose calls are captured, and what became of their calls")
  public AgentList list() {
    return new AgentList(agents.all().stream().map(this::view).toList());
  }

  private AgentView view(CapturedAgents.Agent of) {
    CapturedAgent agent = of.captured();
    CaptureTally.Standing standing = agents.tally(agent).standing();
    Long last = standing.lastAt();
    return new AgentView(
        agent.name(),
        agents.findDatabase(agent).map(Databases::id).orElse(null),
        tokens.file(agent.name()).toString(),
        agent.enabled(),
        agent.share(),
        standing.recorded(),
        standing.waiting(),
        standing.unrecorded(),
        last == null ? null : Instant.ofEpochMilli(last),
        standing.failure(),
        agents.findDatabase(agent).isEmpty()
            ? List.of()
            : trials.of(of).stream()
                .map(
                    trial ->
                        new InUse(
                            trial.proposal().id(),
                            of.candidateShare(),
                            trial.standing().state(),
                            trial.standing().pairs(),
                            trial.standing().difference()))
                .toList());
  }
}
