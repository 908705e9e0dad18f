package dev.lightningbridge.web;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.common.Figures;
import dev.lightningbridge.corpus.Session;
import dev.lightningbridge.dataset.Pool;
import dev.lightningbridge.runs.nights.Night;
import dev.lightningbridge.runs.nights.Schedule;
import dev.lightningbridge.runs.nights.Schedules;
import dev.lightningbridge.runs.nights.WeeklyTimes;
import dev.lightningbridge.server.Databases;
import dev.lightningbridge.server.SandboxSwitch;
import dev.lightningbridge.server.ServerSettings;
import dev.lightningbridge.workshop.Workshop;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** When agents are optimised by themselves, what the nights did, and how the server is set. */
@Path("/schedule")
@Produces(MediaType.TEXT_HTML)
public class SchedulePages {
  private static final int NIGHTS = 14;

  private final Workshop workshop;
  private final Databases databases;
  private final SandboxSwitch sandbox;
  private final ServerSettings settings;

  SchedulePages(
      Workshop workshop, Databases databases, SandboxSwitch sandbox, ServerSettings settings) {
    this.workshop = workshop;
    this.databases = databases;
    this.sandbox = sandbox;
    this.settings = settings;
  }

  /** The page. */
  record Plan(
      List<Line> schedules,
      List<NightView> nights,
      List<DatabasePages.Line> databases,
      List<String> days,
      Settings settings)
      implements TemplateInstance {}

  /** A night by itself. */
  record OneNight(NightView night) implements TemplateInstance {}

  /**
   * A schedule in words.
   *
   * @param when it is due, in words; {@code which} lineages it is about
   * @param besides what is unusual of it, each in a few words
   */
  record Line(
      String id,
      String name,
      boolean enabled,
      String database,
      String when,
      String which,
      String engine,
      boolean sandbox,
      boolean autoPromote,
      List<String> besides,
      String nightLimits,
      @Nullable Moment next) {
    static Line of(Schedules.Planned planned) {
      Schedule s = planned.schedule();
      return new Line(
          s.id(),
          s.name(),
          s.enabled(),
          String.valueOf(s.camp().getFileName()),
          "%s in %s".formatted(WeeklyTimes.words(s.when().cron()), s.when().zone()),
          "%s with %s or more"
              .formatted(
                  s.scope().lineages().isEmpty()
                      ? "all lineages"
                      : Figures.counted(s.scope().lineages().size(), "chosen lineage"),
                  Figures.counted(s.when().newScores(), "new score")),
          s.search().engine().label(),
          s.model().sandbox(),
          s.autoPromote(),
          unusual(s),
          NightView.words(s.spending().nightLimits()),
          Moment.ofNullable(planned.nextAt()));
    }
  }

  private static List<String> unusual(Schedule schedule) {
    List<String> besides = new ArrayList<>();
    List<String> pool = schedule.scope().pool();
    if (pool.contains(Pool.SAME_NEED)) {
      besides.add("with the sessions of the same need");
    } else if (!pool.isEmpty()) {
      besides.add("with " + Figures.counted(pool.size(), "pooled session"));
    }
    if (schedule.search().prompting().noDemonstrations()) {
      besides.add("no examples in prompts");
    }
    if (schedule.search().prompting().asPlainPrompt()) {
      besides.add("agents with tools or a flow without them");
    }
    return besides;
  }

  /** What the server was told. */
  record Settings(
      String home,
      int parallelRuns,
      Optional<String> endpoint,
      boolean sandboxAllowed,
      boolean sandboxOn) {}

  @GET
  public TemplateInstance plan() {
    return new Plan(
        workshop.schedules().list().stream().map(Line::of).toList(),
        nights(NIGHTS).stream().map(NightView::of).toList(),
        databases.all().stream().map(DatabasePages.Line::of).toList(),
        WeeklyTimes.NAMES,
        new Settings(
            workshop.home().toString(),
            settings.parallelRuns(),
            settings.endpoint().baseUrl(),
            sandbox.isAllowed(),
            sandbox.isOn()));
  }

  private List<Night> nights(int limit) {
    return workshop.nights().newest(limit, null, null);
  }

  @GET
  @Path("nights/{id}")
  public TemplateInstance night(@PathParam("id") String id) {
    return new OneNight(NightView.of(workshop.nights().get(id)));
  }

  /** The lineages of a database, to choose from. */
  record Lineages(List<LineageName> lineages) implements TemplateInstance {}

  /** A lineage by its session's name and its label. */
  record LineageName(String id, String name) {}

  @GET
  @Path("lineages")
  public TemplateInstance lineages(@QueryParam("database") @DefaultValue("") String database) {
    try (CampDatabase camp =
        CampDatabase.open(databases.get(database), CampDatabase.Options.DEFAULT)) {
      Map<String, String> sessions =
          camp.corpus().sessions().stream().collect(Collectors.toMap(Session::id, Session::name));
      return new Lineages(
          camp.corpus().lineages().stream()
              .map(
                  l ->
                      new LineageName(
                          l.id(),
                          "%s, lineage %s"
                              .formatted(
                                  sessions.getOrDefault(l.sessionId(), l.sessionId()), l.label())))
              .toList());
    }
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response add(@BeanParam ScheduleForm form) {
    if (form.isSimulated()) {
      sandbox.require();
    }
    workshop.schedules().put(form.schedule(databases.get(form.database)));
    return shownAgain();
  }

  @POST
  @Path("{id}/run")
  public Response runNow(@PathParam("id") String id) {
    workshop.schedules().runNow(id);
    return shownAgain();
  }

  @POST
  @Path("{id}/remove")
  public Response remove(@PathParam("id") String id) {
    workshop.schedules().remove(id);
    return shownAgain();
  }

  @POST
  @Path("sandbox")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response sandbox(@FormParam("on") boolean on) {
    sandbox.set(on);
    return shownAgain();
  }

  private static Response shownAgain() {
    return Response.noContent().header("HX-Refresh", "true").build();
  }
}
