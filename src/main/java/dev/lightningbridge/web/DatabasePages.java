package dev.lightningbridge.web;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Figures;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.dataset.Pool;
import dev.lightningbridge.dataset.split.Inspection;
import dev.lightningbridge.dataset.split.SplitPlan;
import dev.lightningbridge.runs.report.Text;
import dev.lightningbridge.server.BaseModels;
import dev.lightningbridge.server.Databases;
import dev.lightningbridge.server.SandboxSwitch;
import dev.lightningbridge.server.ServerSettings;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Training Camp databases: what they hold, what can be optimised and why not. */
@Path("/databases")
@Produces(MediaType.TEXT_HTML)
public class DatabasePages {
  private final Databases databases;
  private final SandboxSwitch sandbox;
  private final BaseModels bases;
  private final boolean endpoint;
  private final Offered offered;

  DatabasePages(
      Databases databases, SandboxSwitch sandbox, BaseModels bases, ServerSettings settings) {
    this.databases = databases;
    this.bases = bases;
    this.sandbox = sandbox;
    this.endpoint = settings.endpoint().baseUrl().isPresent();
    this.offered = Offered.of(settings);
  }

  /** A file. */
  record Line(String id, String name, String folder, String size, Moment modified) {
    static Line of(Databases.Database database) {
      return new Line(
          database.id(),
          String.valueOf(database.path().getFileName()),
          String.valueOf(database.path().getParent()),
          Figures.count(Math.max(1, database.bytes() / 1024)) + " KiB",
          Moment.of(database.modifiedAt().toEpochMilli()));
    }
  }

  record All(List<Line> databases, List<String> folders) implements TemplateInstance {}

  /**
   * A database.
   *
   * @param inspection null where it cannot be read; {@code error} says why
   */
  record Database(Line database, @Nullable Inspection inspection, @Nullable BridgeException error)
      implements TemplateInstance {}

  /**
   * A session with its versions' prompts and what a run of it may use.
   *
   * @param equipped the lineages whose agent has tools or a flow
   * @param alike how many other sessions have the same need
   */
  record Session(
      Line database,
      Inspection.SessionView session,
      List<LineageRow> lineages,
      List<LineageRow> equipped,
      CycleScores scores,
      List<Version> versions,
      boolean sandbox,
      boolean endpoint,
      Offered offered,
      BaseChoice bases,
      int alike)
      implements TemplateInstance {}

  /**
   * A lineage in the session's table.
   *
   * @param mean of the current scores; a dash where there is none
   * @param equipment tools and flow, which a run leaves out; null where there is nothing
   * @param reasons why it cannot be optimised; empty where it can
   */
  record LineageRow(
      String id,
      String label,
      boolean locked,
      boolean best,
      int versions,
      long scored,
      String mean,
      int comparisons,
      int locks,
      @Nullable String equipment,
      String reasons) {
    static LineageRow of(Inspection.LineageView lineage, @Nullable String bestId) {
      Double mean = lineage.meanScore();
      return new LineageRow(
          lineage.id(),
          lineage.label(),
          lineage.locked(),
          lineage.id().equals(bestId),
          lineage.agentVersions().size(),
          lineage.attempts().getOrDefault("scored", 0L),
          mean == null ? "–" : Figures.decimal(mean),
          lineage.choices().comparisons(),
          lineage.choices().locks(),
          lineage.equipment(),
          PageWords.onPage(String.join("; ", lineage.reasons())));
    }
  }

  /** An agent version with its prompt. */
  record Version(
      String lineage,
      int number,
      String name,
      String model,
      Moment created,
      @Nullable String prompt) {}

  @GET
  public TemplateInstance all() {
    return new All(
        databases.all().stream().map(Line::of).toList(),
        databases.folders().stream().map(Object::toString).toList());
  }

  @GET
  @Path("{id}")
  public TemplateInstance database(@PathParam("id") String id) {
    Line line = line(id);
    try (CampDatabase camp = open(id)) {
      return new Database(line, Inspection.of(camp.corpus(), SplitPlan.DEFAULT), null);
    } catch (BridgeException e) {
      return new Database(line, null, e);
    }
  }

  @GET
  @Path("{id}/sessions/{session}")
  public TemplateInstance session(
      @PathParam("id") String id, @PathParam("session") String sessionId) {
    try (CampDatabase camp = open(id)) {
      Corpus corpus = camp.corpus();
      Inspection.SessionView session =
          Inspection.of(corpus, SplitPlan.DEFAULT).sessions().stream()
              .filter(s -> s.id().equals(sessionId))
              .findFirst()
              .orElseThrow(NotFoundException::new);
      Map<String, String> labels =
          session.lineages().stream()
              .collect(Collectors.toMap(Inspection.LineageView::id, Inspection.LineageView::label));
      List<LineageRow> lineages =
          session.lineages().stream().map(l -> LineageRow.of(l, session.bestLineageId())).toList();
      return new Session(
          line(id),
          session,
          lineages,
          lineages.stream().filter(l -> l.equipment() != null).toList(),
          CycleScores.of(corpus, sessionId, labels),
          session.lineages().stream()
              .flatMap(l -> corpus.agentVersions(l.id()).stream().map(v -> version(l.label(), v)))
              .toList(),
          sandbox.isOn(),
          endpoint,
          offered,
          BaseChoice.of(bases),
          Pool.ids(corpus, sessionId, List.of(Pool.SAME_NEED)).size() - 1);
    }
  }

  private static Version version(String lineage, AgentVersion version) {
    return new Version(
        lineage,
        version.number(),
        version.name(),
        version.model().modelId(),
        Moment.of(version.createdAt()),
        Text.whole(version.systemPrompt()));
  }

  private CampDatabase open(String id) {
    return CampDatabase.open(databases.get(id), CampDatabase.Options.DEFAULT);
  }

  private Line line(String id) {
    return databases.all().stream()
        .filter(database -> database.id().equals(id))
        .findFirst()
        .map(Line::of)
        .orElseThrow(NotFoundException::new);
  }
}
