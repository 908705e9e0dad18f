package dev.lightningbridge.web;

import dev.lightningbridge.api.requests.RunRequests;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.runs.QueuePlace;
import dev.lightningbridge.runs.RunLog.StoredEvent;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.work.EndpointTrial;
import dev.lightningbridge.runs.work.RunDoor;
import dev.lightningbridge.runs.work.RunQueue;
import dev.lightningbridge.workshop.Workshop;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run as it goes on, and what can be done with it. */
@Path("/runs")
@Produces(MediaType.TEXT_HTML)
public class RunPages {
  private static final System.Logger LOG = System.getLogger(RunPages.class.getName());

  private final Workshop workshop;
  private final RunRequests requests;
  private final RunStore runs;
  private final RunQueue queue;
  private final RunDoor door;

  RunPages(Workshop workshop, RunQueue queue, RunRequests requests) {
    this.requests = requests;
    this.workshop = workshop;
    this.runs = workshop.runs();
    this.queue = queue;
    this.door = workshop.door(queue);
  }

  record Run(RunOnPage run, @Nullable CandidateView candidate, PeopleView people)
      implements TemplateInstance {}

  record Live(RunOnPage run) implements TemplateInstance {}

  record Candidate(RunName run, CandidateView candidate) implements TemplateInstance {}

  /**
   * @param error why there is no estimate
   * @param notes what should be known of the tasks
   */
  record Estimate(
      @Nullable EstimateView estimate, @Nullable BridgeException error, List<String> notes)
      implements TemplateInstance {}

  /**
   * @param error why an endpoint cannot be used
   */
  record Check(EndpointTrial.@Nullable Answered answered, @Nullable BridgeException error)
      implements TemplateInstance {}

  @GET
  @Path("{id}")
  public TemplateInstance run(
      @PathParam("id") String id, @QueryParam("candidate") Optional<String> candidate) {
    StoredRun run = runs.get(id);
    return new Run(
        RunOnPage.of(run, workshop),
        candidate.flatMap(name -> candidate(id, name)).orElse(null),
        PeopleView.of(run, workshop));
  }

  /** What changes while the run goes on; once it has ended, the whole page is loaded again. */
  @GET
  @Path("{id}/live")
  public Response live(@PathParam("id") String id) {
    RunOnPage run = RunOnPage.of(runs.get(id), workshop);
    Response.ResponseBuilder response = Response.ok(new Live(run));
    return (run.name().active() ? response : response.header("HX-Refresh", "true")).build();
  }

  @GET
  @Path("{id}/candidates/{name}")
  public TemplateInstance candidateOf(@PathParam("id") String id, @PathParam("name") String name) {
    return new Candidate(
        RunName.of(runs.get(id), runs), candidate(id, name).orElseThrow(NotFoundException::new));
  }

  /** What a run would call and cost, before it is asked for. */
  @POST
  @Path("estimate")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public TemplateInstance estimate(@BeanParam NewRunForm form) {
    try {
      OptimizeRequest request = requests.of(form.asked());
      return new Estimate(
          EstimateView.of(workshop.optimization().estimate(request)),
          null,
          workshop.optimization().notes(request));
    } catch (BridgeException e) {
      return new Estimate(null, e, List.of());
    }
  }

  /** Whether the endpoints that a run would use answer. */
  @POST
  @Path("check")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public TemplateInstance check(@BeanParam NewRunForm form) {
    try {
      return new Check(door.tried(requests.of(form.asked())), null);
    } catch (BridgeException e) {
      return new Check(null, e);
    }
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response start(@BeanParam NewRunForm form) {
    String id = door.add(requests.of(form.asked()), QueuePlace.LAST);
    LOG.log(System.Logger.Level.INFO, "run {0}: queued", id);
    return Response.noContent().header("HX-Redirect", "/runs/" + id).build();
  }

  @POST
  @Path("{id}/cancel")
  public Response cancel(@PathParam("id") String id) {
    runs.cancel(id);
    return Response.noContent().header("HX-Refresh", "true").build();
  }

  @POST
  @Path("{id}/resume")
  public Response resume(@PathParam("id") String id) {
    runs.get(id).requireResumable("Start another run.");
    queue.again(id);
    LOG.log(System.Logger.Level.INFO, "run {0}: in the queue again", id);
    return Response.noContent().header("HX-Refresh", "true").build();
  }

  private Optional<CandidateView> candidate(String id, String name) {
    return CandidateView.of(
        name, runs.log().eventsOfLastStart(id).stream().map(StoredEvent::event).toList());
  }
}
