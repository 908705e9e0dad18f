package dev.lightningbridge.runs.work;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.model.SqliteCallJournal;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.runs.RunRecorder;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.ending.Endings;
import dev.lightningbridge.runs.ending.RunOutcome;
import dev.lightningbridge.runs.ending.RunTraces;
import dev.lightningbridge.runs.ending.RunWork;
import dev.lightningbridge.runs.judging.KeptGrades;
import dev.lightningbridge.runs.judging.RunBench;
import dev.lightningbridge.runs.models.FirstCall;
import dev.lightningbridge.runs.models.MeansOfSearch;
import dev.lightningbridge.runs.models.RunAgents;
import dev.lightningbridge.runs.models.RunModels;
import dev.lightningbridge.runs.models.ShownNotices;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.store.BridgeDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Carries a begun run out: opens its models, tries each once, and lets its work use them. */
final class RunExecution {
  private final BridgeDatabase database;
  private final RunStore runs;
  private final Clock clock;

  RunExecution(BridgeDatabase database, RunStore runs, Clock clock) {
    this.database = database;
    this.runs = runs;
    this.clock = clock;
  }

  /**
   * What the run came to.
   *
   * @throws java.util.concurrent.CancellationException where it was cancelled before that
   */
  RunOutcome of(
      BegunRun run,
      RunWork work,
      RunRecorder events,
      RunTraces.Trace trace,
      Cancellation cancellation) {
    OptimizeRequest request = run.request();
    Optional<Split> split = run.plan().split(request);
    if (request.synthesize() == 0 && split.isEmpty()) {
      return new Endings(run).tooFewTasks(Spend.NOTHING);
    }
    ShownNotices notices = new ShownNotices(trace, events);
    try (RunModels models =
        RunModels.open(
            request.modelUse(run.ownModels()),
            run.plan().choice().baseline().model().modelId(),
            run.roles(),
            new SqliteCallJournal(database, run.runId(), clock),
            notices,
            cancellation)) {
      events.spending(models.gateway()::spent);
      List<String> missing =
          models.check(
              run.roles(),
              FirstCall.of(run.plan(), split),
              MeansOfSearch.spare(run),
              events,
              cancellation);
      BegunRun going = missing.isEmpty() ? run : withoutCritic(run, missing, events);
      RunAgents agents =
          RunAgents.of(going, models, database, clock, notices::notice, cancellation);
      KeptGrades grades = new KeptGrades(database, run.runId(), clock);
      return work.carryOut(going, new RunBench(models, agents, grades, events, cancellation));
    }
  }

  /** From here on, also where the run is resumed, nobody is asked for a critique. */
  private BegunRun withoutCritic(BegunRun run, List<String> missing, RunRecorder events) {
    BegunRun without = run.withoutCritic();
    runs.keep(without.runId(), Json.write(without.request()));
    events.on(
        new RunEvent.Note(
            "warning",
            "No critique or edit can be had: %s. The search goes on with examples alone, as with --critic-model none."
                .formatted(String.join(", ", missing))));
    return without;
  }
}
