package dev.lightningbridge.web;

import dev.lightningbridge.runs.JudgeStore;
import dev.lightningbridge.runs.StoredCalibration;
import dev.lightningbridge.runs.Workshop;
import dev.lightningbridge.runs.report.JudgeData;
import dev.lightningbridge.runs.report.JudgePage;
import dev.lightningbridge.runs.report.Text;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;

/** Judges that were held against people's scores. */
@Path("/judges")
@Produces(MediaType.TEXT_HTML)
public class JudgePages {
  private static final int NEWEST = 100;

  private final JudgeStore judges;

  JudgePages(Workshop workshop) {
    this.judges = workshop.judges();
  }

  /**
   * A test of a judge in one line.
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
          stored.sessionId(),
          stored.report().trust().trusted(),
          stored.sandbox(),
          "%s (%s to %s)"
              .formatted(
                  Text.reward(used.kappa().value()),
                  Text.reward(used.kappa().interval().low()),
                  Text.reward(used.kappa().interval().high())),
          stored.report().n(),
          Moment.of(stored.createdAt()));
    }
  }

  record Judges(List<Line> judges) implements TemplateInstance {}

  record Judge(Line judge, JudgeData data, JudgePage page) implements TemplateInstance {}

  @GET
  public TemplateInstance all() {
    return new Judges(judges.newest(NEWEST).stream().map(Line::of).toList());
  }

  @GET
  @Path("{id}")
  public TemplateInstance judge(@PathParam("id") String id) {
    StoredCalibration stored = judges.find(id).orElseThrow(NotFoundException::new);
    JudgeData data =
        new JudgeData(
            stored.campPath(),
            stored.sessionId(),
            stored.sessionId(),
            stored.model(),
            stored.sandbox(),
            stored.report(),
            null,
            stored.seed(),
            Instant.ofEpochMilli(stored.createdAt()));
    return new Judge(Line.of(stored), data, JudgePage.of(data));
  }
}
