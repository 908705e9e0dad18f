package dev.lightningbridge.web;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.people.OutputPair;
import dev.lightningbridge.runs.people.PairSide;
import dev.lightningbridge.runs.people.PeopleStatus;
import dev.lightningbridge.runs.people.PeopleTests;
import dev.lightningbridge.runs.report.Text;
import dev.lightningbridge.runs.request.RunError;
import dev.lightningbridge.workshop.Workshop;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Blind pairs of outputs, between which people choose until there is a verdict. */
@Path("/runs/{id}/pairs")
@Produces(MediaType.TEXT_HTML)
public class PairPages {
  private static final System.Logger LOG = System.getLogger(PairPages.class.getName());

  private final Workshop workshop;
  private final PeopleTests people;

  PairPages(Workshop workshop) {
    this.workshop = workshop;
    this.people = workshop.people();
  }

  record Pairs(RunName run, PairView view) implements TemplateInstance {}

  record Pair(RunName run, PairView view) implements TemplateInstance {}

  /**
   * The pair to be compared.
   *
   * @param pair null where all have a choice; {@code left} and {@code right} are its outputs
   */
  record PairView(
      PeopleStatus status,
      @Nullable OutputPair pair,
      @Nullable String left,
      @Nullable String right) {}

  @GET
  public TemplateInstance pairs(@PathParam("id") String id) {
    return new Pairs(RunName.of(workshop.runs().get(id), workshop.runs()), view(id));
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response begin(
      @PathParam("id") String id, @FormParam("pairs") @DefaultValue("40") int pairs) {
    people.begin(id, pairs);
    LOG.log(System.Logger.Level.INFO, "run {0}: waits for people", id);
    return Response.noContent().header("HX-Redirect", "/runs/" + id + "/pairs").build();
  }

  @POST
  @Path("{place}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public TemplateInstance choose(
      @PathParam("id") String id,
      @PathParam("place") int place,
      @FormParam("choice") @DefaultValue("") String choice) {
    people.choose(
        id,
        place,
        Arrays.stream(PairSide.values())
            .filter(side -> side.label().equals(choice))
            .findFirst()
            .orElseThrow(NotFoundException::new));
    return next(id);
  }

  @POST
  @Path("undo")
  public TemplateInstance undo(@PathParam("id") String id) {
    people.undo(id);
    return next(id);
  }

  @POST
  @Path("leave")
  public Response leave(@PathParam("id") String id) {
    people.leave(id);
    return Response.noContent().header("HX-Redirect", "/runs/" + id).build();
  }

  @POST
  @Path("verdict")
  public Response verdict(@PathParam("id") String id) {
    RunResult result = people.decide(id);
    LOG.log(System.Logger.Level.INFO, "run {0}: people decided, {1}", id, result.verdict());
    String page = result.proposalId() == null ? "/runs/" + id : "/proposals/" + result.proposalId();
    return Response.noContent().header("HX-Redirect", page).build();
  }

  private TemplateInstance next(String id) {
    return new Pair(RunName.of(workshop.runs().get(id), workshop.runs()), view(id));
  }

  private PairView view(String id) {
    PeopleStatus status =
        people
            .status(id)
            .filter(PeopleStatus::waits)
            .orElseThrow(
                () ->
                    new BridgeException(
                        RunError.NOT_WAITING,
                        "the run does not wait for people",
                        id,
                        "Its page says what became of it."));
    OutputPair pair = people.next(id).orElse(null);
    return new PairView(
        status,
        pair,
        pair == null ? null : Text.whole(pair.left()),
        pair == null ? null : Text.whole(pair.right()));
  }
}
