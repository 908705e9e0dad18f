package dev.lightningbridge.api;

import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.people.OutputPair;
import dev.lightningbridge.runs.people.PairSide;
import dev.lightningbridge.runs.people.PeopleOffer;
import dev.lightningbridge.runs.people.PeopleStatus;
import dev.lightningbridge.runs.people.PeopleTests;
import dev.lightningbridge.workshop.Workshop;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/runs/…/people}: a sealed test that people decide, blind. */
@Path("/api/v1/runs/{id}/people")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "People")
public class PeopleResource {
  private static final System.Logger LOG = System.getLogger(PeopleResource.class.getName());

  private final PeopleTests people;

  PeopleResource(Workshop workshop) {
    this.people = workshop.people();
  }

  /** A run's test by people. */
  @Schema(name = "PeopleTest")
  public record TestView(
      @Schema(description = "Left out where people were not asked.") @Nullable PeopleStatus test,
      @Schema(description = "The pair to be compared now; left out where none waits.")
          @Nullable OutputPair next,
      @Schema(description = "Whether they may be asked; left out where they are.")
          @Nullable PeopleOffer offer) {}

  /** Begins. */
  @Schema(additionalProperties = Schema.False.class, examples = "{\"pairs\": 24}")
  public record NewPeopleTest(
      @Schema(description = "Pairs at the most.") @Min(1) @Max(1000) @Nullable Integer pairs) {}

  /** Chooses. */
  @Schema(additionalProperties = Schema.False.class, examples = "{\"choice\": \"left\"}")
  public record NewChoice(@NotNull @Pattern(regexp = "^(left|right|tie)$") String choice) {}

  @GET
  @Operation(
      operationId = "showPeopleTest",
      summary = "How far people are, and the pair to be compared now")
  public TestView show(@PathParam("id") String id) {
    PeopleStatus status = people.status(id).orElse(null);
    boolean waits = status != null && status.waits();
    return new TestView(status, people.next(id).orElse(null), waits ? null : people.offer(id));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "beginPeopleTest",
      summary = "Have people decide a run that was held, since its judge is not trusted",
      description =
          "Nothing is called. How many pairs there are is fixed now, and the verdict comes after the"
              + " last. Where there are more tasks than pairs, and the judge has graded all, its"
              + " opinion counts for the others, corrected by people's.")
  public TestView begin(@PathParam("id") String id, @Valid @NotNull NewPeopleTest asked) {
    Integer pairs = asked.pairs();
    people.begin(id, pairs == null ? PeopleTests.MOST : pairs);
    LOG.log(System.Logger.Level.INFO, "run {0}: waits for people", id);
    return show(id);
  }

  @PUT
  @Path("pairs/{place}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "choosePair", summary = "Say which output of a pair is better")
  public TestView choose(
      @PathParam("id") String id, @PathParam("place") int place, @Valid @NotNull NewChoice choice) {
    people.choose(id, place, PairSide.valueOf(choice.choice().toUpperCase(Locale.ROOT)));
    return show(id);
  }

  @DELETE
  @Path("pairs/last")
  @Operation(operationId = "undoPair", summary = "Take the last choice back")
  public TestView undo(@PathParam("id") String id) {
    people.undo(id);
    return show(id);
  }

  @POST
  @Path("verdict")
  @Operation(
      operationId = "decideByPeople",
      summary = "Give the verdict that people's choices come to",
      description = "409 with LB-7151 while a pair has no choice.")
  public RunResult verdict(@PathParam("id") String id) {
    RunResult result = people.decide(id);
    LOG.log(System.Logger.Level.INFO, "run {0}: people decided, {1}", id, result.verdict());
    return result;
  }

  @DELETE
  @Operation(operationId = "leavePeopleTest", summary = "Give the test up; the run stays held")
  public TestView leave(@PathParam("id") String id) {
    people.leave(id);
    return show(id);
  }
}
