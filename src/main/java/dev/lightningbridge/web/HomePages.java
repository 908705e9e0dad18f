package dev.lightningbridge.web;

import dev.lightningbridge.capture.AgentLoops;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.rollouts.http.RunnerStores;
import dev.lightningbridge.runs.RunLog.StoredEvent;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.people.PeopleStatus;
import dev.lightningbridge.runs.report.SpendTable;
import dev.lightningbridge.workshop.Workshop;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The first page: what waits for a person, what runs, and what ended last. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class HomePages {
  private static final int LOOKED_AT = 200;
  private static final int SHOWN = 8;

  private final Workshop workshop;
  private final RunStore runs;
  private final AgentLoops loops;
  private final RunnerStores stores;

  HomePages(Workshop workshop, AgentLoops loops, RunnerStores stores) {
    this.loops = loops;
    this.stores = stores;
    this.workshop = workshop;
    this.runs = workshop.runs();
  }

  record Home(Overview overview) implements TemplateInstance {}

  /**
   * @param night the last one; null where there was none
   */
  record Overview(
      List<Waiting> waiting,
      List<Compared> compared,
      List<Going> going,
      List<RunName> ended,
      @Nullable NightView night) {
    public boolean isEmpty() {
      return waiting.isEmpty()
          && compared.isEmpty()
          && going.isEmpty()
          && ended.isEmpty()
          && night == null;
    }
  }

  /** A proposal that a person must decide on. */
  record Waiting(RunName run, String proposalId) {}

  /** A run that waits for a person to compare outputs. */
  record Compared(RunName run, PeopleStatus status) {}

  /** A run that waits for its turn or is running. */
  record Going(RunName run, RunProgress progress, SpendTable spent) {}

  @GET
  public TemplateInstance home() {
    return new Home(overview());
  }

  /** The same as the home page has, while something is going on. */
  @GET
  @Path("overview")
  public TemplateInstance live() {
    return new OverviewPart(overview());
  }

  /**
   * The captured agents, which take a look into their databases each, and the stores of those of
   * agentlightning.
   */
  @GET
  @Path("loops")
  public TemplateInstance loops() {
    return new LoopsPart(
        loops.all().stream().map(loop -> LoopView.of(loop, runs)).toList(),
        stores.all().stream().map(StoreView::of).toList());
  }

  record LoopsPart(List<LoopView> loops, List<StoreView> stores) implements TemplateInstance {}

  record OverviewPart(Overview overview) implements TemplateInstance {}

  private Overview overview() {
    List<StoredRun> all = runs.newest(LOOKED_AT);
    return new Overview(
        of(all, run -> run.state() == RunState.WAITING_FOR_APPROVAL)
            .flatMap(
                run ->
                    workshop.proposals().proposalOf(run.id()).stream()
                        .map(id -> new Waiting(RunName.of(run, runs), id)))
            .toList(),
        compared(),
        of(all, run -> RunName.isActive(run.state())).map(this::going).toList(),
        of(all, run -> !RunName.isActive(run.state()))
            .limit(SHOWN)
            .map(run -> RunName.of(run, runs))
            .toList(),
        workshop.nights().newest(1, null, null).stream()
            .map(NightView::of)
            .findFirst()
            .orElse(null));
  }

  private List<Compared> compared() {
    return workshop.people().open().stream()
        .flatMap(
            id ->
                workshop.people().status(id).stream()
                    .map(status -> new Compared(RunName.of(runs.get(id), runs), status)))
        .toList();
  }

  private static Stream<StoredRun> of(List<StoredRun> all, Predicate<StoredRun> which) {
    return all.stream().filter(which);
  }

  private Going going(StoredRun run) {
    List<RunEvent> events =
        runs.log().eventsOfLastStart(run.id()).stream().map(StoredEvent::event).toList();
    return new Going(RunName.of(run, runs), RunProgress.of(events), RunOnPage.spent(run, runs));
  }
}
