package dev.lightningbridge.runs.work;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.runs.CampGuard;
import dev.lightningbridge.runs.QueuePlace;
import dev.lightningbridge.runs.RunLease;
import dev.lightningbridge.runs.RunPlan;
import dev.lightningbridge.runs.RunRecorder;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.ending.Endings;
import dev.lightningbridge.runs.ending.RunEnd;
import dev.lightningbridge.runs.ending.RunOutcome;
import dev.lightningbridge.runs.ending.RunReports;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.ending.RunTraces;
import dev.lightningbridge.runs.ending.RunWork;
import dev.lightningbridge.runs.models.RunEstimate;
import dev.lightningbridge.runs.people.PeopleTests;
import dev.lightningbridge.runs.promotion.Promotions;
import dev.lightningbridge.runs.promotion.ProposalFindings;
import dev.lightningbridge.runs.promotion.ProposalStore;
import dev.lightningbridge.runs.request.EngineChoice;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.training.Trainers;
import dev.lightningbridge.store.BridgeDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Optimises one agent: from the database to a verdict, and a proposal where it is PROMOTE. */
public final class Optimization {
  private final RunStore runs;
  private final RunEnd end;
  private final BridgeDatabase database;
  private final RunWorks works;
  private final RunPlanner planner;
  private final CampGuard guard;
  private final RunTraces traces;
  private final Clock clock;

  /** Trained models, and what they are made of, are kept in the folder of trainings. */
  public Optimization(
      BridgeDatabase database,
      RunStore runs,
      ProposalStore proposals,
      Promotions promotions,
      ProposalFindings findings,
      RunReports reports,
      PeopleTests people,
      Engines engines,
      Trainers trainers,
      Path trainings,
      CampGuard guard,
      RunTraces traces,
      Clock clock) {
    this.end =
        new RunEnd(
            database, runs, proposals, promotions, findings, reports, people::beginIfPossible);
    this.database = database;
    this.runs = runs;
    this.works = new RunWorks(database, engines, trainers, trainings, clock);
    this.planner = new RunPlanner(database, works, clock);
    this.guard = guard;
    this.traces = traces;
    this.clock = clock;
  }

  /**
   * Runs to the end. A cancelled run has a result too, with what was found until then.
   *
   * @param watcher is shown the run's events, one at a time
   * @throws BridgeException where the run cannot start or go on; it is then kept as failed, or not
   *     at all where it spent nothing and cannot work as it was asked for
   */
  public RunResult run(
      OptimizeRequest request, RunEvent.Listener watcher, Cancellation cancellation) {
    RunPlan plan = planner.startable(request);
    RunWork work = works.of(request);
    String runId = insert(request, plan, work, RunState.RUNNING, null);
    try (RunLease lease = RunLease.take(database, runId, null, clock, cancellation)) {
      BegunRun run = new BegunRun(runId, work.engine(), request, plan);
      return finish(lease, run, work, watcher, cancellation);
    } catch (BridgeException e) {
      end.forgetUnbegun(runId, e);
      throw e;
    }
  }

  /**
   * Puts a run into the queue: what it is about is fixed now, and a server runs it when its turn
   * comes.
   *
   * @return the run's id
   * @throws BridgeException where the run could not start
   */
  public String enqueue(OptimizeRequest request, QueuePlace place) {
    RunPlan plan = planner.startable(request);
    return insert(request, plan, works.of(request), RunState.QUEUED, place);
  }

  /**
   * Goes on with a run that waits in the queue, was broken off, failed or was cancelled: it does
   * again what it did, by the answers in its journal, and from there on what is left.
   *
   * @throws BridgeException as {@link #run}; where there is no such run, it has ended, or another
   *     process runs it
   */
  public RunResult resume(String runId, RunEvent.Listener watcher, Cancellation cancellation) {
    StoredRun stored = runs.get(runId);
    stored.requireResumable(
        "`runs show " + runId + "` shows its result; `optimize` starts another run.");
    OptimizeRequest request = Json.read(stored.requestJson(), OptimizeRequest.class);
    guard.check(request.camp());
    guard.check(request.usedAgent());
    if (request.externalGrader() != null) {
      guard.check(request.externalGrader());
    }
    RunWork work =
        works.of(EngineChoice.find(stored.engine()).map(request::withEngine).orElse(request));
    try (RunLease lease =
        RunLease.take(database, runId, stored.finishedAt(), clock, cancellation)) {
      runs.reopen(stored);
      RunPlan plan = runs.plan(runId).orElseThrow().splitBy(request);
      BegunRun run = new BegunRun(runId, work.engine(), request, plan);
      return finish(lease, run, work, watcher, cancellation);
    }
  }

  /**
   * About what the run would call and cost.
   *
   * @throws BridgeException where the run could not start; of a training also where this machine
   *     has no trainer for it
   */
  public RunEstimate estimate(OptimizeRequest request) {
    return planner.estimate(request);
  }

  /**
   * What should be known of the run's tasks before it, each a sentence: what was read and what was
   * left out, names and places that do not fit, and which grader {@code auto} is.
   *
   * @throws BridgeException where the run could not start
   */
  public List<String> notes(OptimizeRequest request) {
    return planner.notes(request);
  }

  RunPlan plan(OptimizeRequest request) {
    return planner.plan(request);
  }

  private String insert(
      OptimizeRequest request,
      RunPlan plan,
      RunWork work,
      RunState state,
      @Nullable QueuePlace place) {
    String runId = UUID.randomUUID().toString();
    runs.insert(
        new StoredRun(
            runId,
            state,
            work.engine(),
            request.camp().toString(),
            plan.choice().session().id(),
            plan.choice().lineage().id(),
            plan.choice().baseline().id(),
            plan.choice().baseline().systemPrompt(),
            request.seed(),
            request.isSandbox(),
            Json.write(request),
            null,
            null,
            clock.millis(),
            null),
        plan,
        place);
    return runId;
  }

  private RunResult finish(
      RunLease lease,
      BegunRun run,
      RunWork work,
      RunEvent.Listener watcher,
      Cancellation cancellation) {
    RunRecorder events = new RunRecorder(runs, lease.runId(), watcher);
    RunTraces.Trace trace = traces.begun(RunTraces.Run.of(run));
    try {
      events.on(new RunEvent.Note("info", "Optimising " + run.plan().choice().why() + "."));
      run.plan().skippedInWords().forEach(text -> events.on(new RunEvent.Note("warning", text)));
      run.plan().remarks().forEach(text -> events.on(new RunEvent.Note("info", text)));
      RunOutcome ended =
          new RunExecution(database, runs, clock).of(run, work, events, trace, cancellation);
      return end.of(lease, trace, run, ended.withSearch(events.searched()));
    } catch (CancellationException e) {
      RunOutcome ended = new Endings(run).cancelled(null, "v0", runs.spending().of(lease.runId()));
      return end.of(lease, trace, run, ended.withSearch(events.searched()));
    } catch (RuntimeException e) {
      trace.failed(e);
      end.failed(lease, e);
      throw e;
    }
  }
}
