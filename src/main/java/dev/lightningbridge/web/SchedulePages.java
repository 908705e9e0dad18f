package dev.lightningbridge.web;

import static java.util.Objects.requireNonNullElse;

import dev.lightningbridge.api.Databases;
import dev.lightningbridge.api.SandboxSwitch;
import dev.lightningbridge.api.ServerSettings;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.runs.Night;
import dev.lightningbridge.runs.Schedule;
import dev.lightningbridge.runs.Schedules;
import dev.lightningbridge.runs.Workshop;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
      Settings settings)
      implements TemplateInstance {}

  /** A night by itself. */
  record OneNight(NightView night) implements TemplateInstance {}

  /** A schedule in words. */
  record Line(
      String id,
      String name,
      boolean enabled,
      String database,
      String cron,
      String zone,
      int newScores,
      boolean sandbox,
      boolean autoPromote,
      boolean asPlainPrompt,
      String nightLimits,
      @Nullable Moment next) {
    static Line of(Schedules.Planned planned) {
      Schedule s = planned.schedule();
      return new Line(
          s.id(),
          s.name(),
          s.enabled(),
          String.valueOf(s.camp().getFileName()),
          s.cron(),
          s.zone(),
          s.newScores(),
          s.model().sandbox(),
          s.autoPromote(),
          s.search().asPlainPrompt(),
          NightView.words(s.nightLimits()),
          Moment.ofNullable(planned.nextAt()));
    }
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

  /** The fields of a new schedule. */
  public static class Form {
    @FormParam("name")
    String name = "";

    @FormParam("database")
    String database = "";

    @FormParam("cron")
    String cron = "";

    @FormParam("zone")
    String zone = "";

    @FormParam("newScores")
    int newScores = 1;

    @FormParam("model")
    String model = "";

    @FormParam("sandboxSeed")
    @Nullable Long sandboxSeed;

    @FormParam("calls")
    @Nullable Long calls;

    @FormParam("usd")
    @Nullable Double usd;

    @FormParam("autoPromote")
    boolean autoPromote;

    @FormParam("leastEffect")
    @Nullable Double leastEffect;

    @FormParam("noEarlyStop")
    boolean noEarlyStop;

    @FormParam("asPlainPrompt")
    boolean asPlainPrompt;
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response add(@BeanParam Form form) {
    if (form.model.equals("sandbox")) {
      sandbox.require();
    }
    workshop
        .schedules()
        .put(
            new Schedule(
                UUID.randomUUID().toString(),
                form.name.strip(),
                true,
                databases.get(form.database),
                null,
                form.cron.strip(),
                form.zone.strip(),
                form.newScores,
                Schedule.Search.DEFAULT
                    .withPlainPrompts(form.asPlainPrompt)
                    .withTest(form.leastEffect, !form.noEarlyStop),
                new Schedule.Model(
                    form.model.equals("sandbox"),
                    requireNonNullElse(form.sandboxSeed, 0L),
                    Map.of(),
                    Map.of()),
                Limits.NONE,
                new Limits(form.calls, null, form.usd),
                form.autoPromote,
                null));
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
