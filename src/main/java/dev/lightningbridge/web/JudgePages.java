package dev.lightningbridge.web;

import dev.lightningbridge.api.JudgeReports;
import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Figures;
import dev.lightningbridge.runs.judging.JudgeStore;
import dev.lightningbridge.runs.judging.StoredCalibration;
import dev.lightningbridge.runs.report.JudgeData;
import dev.lightningbridge.runs.report.JudgePage;
import dev.lightningbridge.server.Databases;
import dev.lightningbridge.server.SandboxSwitch;
import dev.lightningbridge.server.ServerSettings;
import dev.lightningbridge.workshop.Workshop;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges that were, are, or shall be compared with people's scores. */
@Path("/judges")
@Produces(MediaType.TEXT_HTML)
public class JudgePages {
  private static final int NEWEST = 100;
  private static final int TESTS = 10;

  private final JudgeStore judges;
  private final JudgeReports reports;
  private final Databases databases;
  private final SandboxSwitch sandbox;
  private final boolean endpoint;

  JudgePages(
      Workshop workshop,
      JudgeReports reports,
      Databases databases,
      SandboxSwitch sandbox,
      ServerSettings settings) {
    this.judges = workshop.judges();
    this.reports = reports;
    this.databases = databases;
    this.sandbox = sandbox;
    this.endpoint = settings.endpoint().baseUrl().isPresent();
  }

  /**
   * A judge that was tested, in one line.
   *
   * @param database the file's name
   */
  record Line(
      String id,
      String model,
      String database,
      String session,
      boolean trusted,
      boolean sandbox,
      String kappa,
      int outputs,
      Moment at) {
    static Line of(StoredCalibration stored) {
      var correction = stored.report().correction();
      var used = correction == null ? stored.report().judge() : correction.corrected();
      return new Line(
          stored.id(),
          stored.model(),
          String.valueOf(java.nio.file.Path.of(stored.campPath()).getFileName()),
          stored.session(),
          stored.report().trust().trusted(),
          stored.sandbox(),
          "%s (%s to %s)"
              .formatted(
                  Figures.decimal(used.kappa().value()),
                  Figures.decimal(used.kappa().interval().low()),
                  Figures.decimal(used.kappa().interval().high())),
          stored.report().n(),
          Moment.of(stored.createdAt()));
    }
  }

  /**
   * The page.
   *
   * @param chosen the database's id that the form has chosen; {@code session} likewise
   */
  record Judges(
      List<JudgeTestView> tests,
      List<Line> judges,
      List<DatabasePages.Line> databases,
      String chosen,
      String session,
      boolean sandbox,
      boolean endpoint)
      implements TemplateInstance {}

  record JudgesPart(List<JudgeTestView> tests, List<Line> judges) implements TemplateInstance {}

  /**
   * A database's sessions to choose from.
   *
   * @param error why they cannot be told
   */
  record Sessions(List<Choice> sessions, String chosen, @Nullable BridgeException error)
      implements TemplateInstance {}

  /** A session. */
  record Choice(String id, String name) {}

  record Judge(Line judge, JudgeData data, JudgePage page, String databaseId)
      implements TemplateInstance {}

  @GET
  public TemplateInstance all(
      @QueryParam("database") @DefaultValue("") String database,
      @QueryParam("session") @DefaultValue("") String session) {
    return new Judges(
        tests(),
        tested(),
        databases.all().stream().map(DatabasePages.Line::of).toList(),
        database,
        session,
        sandbox.isOn(),
        endpoint);
  }

  /** What changes while judges are tested. */
  @GET
  @Path("part")
  public TemplateInstance part() {
    return new JudgesPart(tests(), tested());
  }

  private List<JudgeTestView> tests() {
    return reports.list().stream().limit(TESTS).map(JudgeTestView::of).toList();
  }

  private List<Line> tested() {
    return judges.newest(NEWEST).stream().map(Line::of).toList();
  }

  @GET
  @Path("sessions")
  public TemplateInstance sessions(
      @QueryParam("database") @DefaultValue("") String database,
      @QueryParam("chosen") @DefaultValue("") String chosen) {
    try (CampDatabase camp =
        CampDatabase.open(databases.get(database), CampDatabase.Options.DEFAULT)) {
      return new Sessions(
          camp.corpus().sessions().stream().map(s -> new Choice(s.id(), s.name())).toList(),
          chosen,
          null);
    } catch (BridgeException e) {
      return new Sessions(List.of(), chosen, e);
    }
  }

  @POST
  @Path("tests")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public TemplateInstance start(@BeanParam JudgeTestForm form) {
    reports.start(form.asked());
    return part();
  }

  @POST
  @Path("tests/{id}/cancel")
  public Response cancel(@PathParam("id") String id) {
    reports.cancel(id);
    return Response.noContent().build();
  }

  @GET
  @Path("{id}")
  public TemplateInstance judge(@PathParam("id") String id) {
    StoredCalibration stored = judges.find(id).orElseThrow(NotFoundException::new);
    JudgeData data =
        new JudgeData(
            stored.campPath(),
            stored.sessionId(),
            stored.session(),
            stored.model(),
            stored.sandbox(),
            stored.report(),
            null,
            stored.seed(),
            Instant.ofEpochMilli(stored.createdAt()));
    return new Judge(
        Line.of(stored),
        data,
        JudgePage.of(data),
        Databases.id(java.nio.file.Path.of(stored.campPath())));
  }
}
