package dev.lightningbridge.runs;

import dev.lightningbridge.agent.SystemPromptAgent;
import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.camp.ModelSettings;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Split;
import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.grading.GraderChoice;
import dev.lightningbridge.grading.Graders;
import dev.lightningbridge.grading.JudgeGrader;
import dev.lightningbridge.model.SqliteCallJournal;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.RolloutRunner;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.SealedTest;
import dev.lightningbridge.optimize.Verdict;
import dev.lightningbridge.store.BridgeDatabase;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;

/** Optimises one agent: from the database to a verdict, and a proposal where it is PROMOTE. */
public final class Optimization {
  private final RunStore runs;
  private final ProposalStore proposals;
  private final Promotions promotions;
  private final RunReports reports;
  private final BridgeDatabase database;
  private final Engines engines;
  private final Clock clock;

  public Optimization(
      BridgeDatabase database,
      RunStore runs,
      ProposalStore proposals,
      Promotions promotions,
      RunReports reports,
      Engines engines,
      Clock clock) {
    this.database = database;
    this.runs = runs;
    this.proposals = proposals;
    this.promotions = promotions;
    this.reports = reports;
    this.engines = engines;
    this.clock = clock;
  }

  /** Finds engines. */
  @FunctionalInterface
  public interface Engines {
    /**
     * The engine asked for; {@code auto} chooses what this machine can run.
     *
     * @throws BridgeException where there is none, or its environment is missing
     */
    PromptOptimizer of(OptimizeRequest request);
  }

  /**
   * Runs to the end. A cancelled run has a result too, with what was found until then.
   *
   * @param watcher is shown the run's events, one at a time
   * @throws BridgeException where the run cannot start or go on; it is then kept as failed
   */
  public RunResult run(
      OptimizeRequest request, RunEvent.Listener watcher, Cancellation cancellation) {
    RunPlan plan;
    try (CampDatabase camp =
        CampDatabase.open(request.camp(), new CampDatabase.Options(request.includeOrphans()))) {
      plan = RunPlan.of(request, camp.corpus());
    }
    PromptOptimizer engine = engines.of(request);
    RunOutcome outcome = new RunOutcome(begin(request, plan, engine), engine.name(), request, plan);
    RunRecorder events = new RunRecorder(runs, outcome.runId(), watcher);
    try {
      events.on(new RunEvent.Note("info", "Optimising " + plan.choice().why() + "."));
      if (!plan.humanNotes().isEmpty()) {
        events.on(
            new RunEvent.Note(
                "info",
                "Notes by people that critics read: %d (--no-human-notes leaves them out)."
                    .formatted(plan.humanNotes().size())));
      }
      return plan.split().isEmpty()
          ? end(outcome, outcome.tooFewTasks())
          : search(outcome, plan.split().get(), engine, events, cancellation);
    } catch (CancellationException e) {
      return end(outcome, outcome.cancelled(null, "v0", runs.spend(outcome.runId())));
    } catch (RuntimeException e) {
      runs.finish(outcome.runId(), RunState.FAILED, null, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private String begin(OptimizeRequest request, RunPlan plan, PromptOptimizer engine) {
    String runId = UUID.randomUUID().toString();
    runs.insert(
        new StoredRun(
            runId,
            RunState.RUNNING,
            engine.name(),
            request.camp().toString(),
            plan.choice().session().id(),
            plan.choice().lineage().id(),
            plan.choice().baseline().id(),
            plan.choice().baseline().systemPrompt(),
            request.seed(),
            request.model() instanceof ModelAccess.Sandbox,
            Json.write(request),
            null,
            null,
            clock.millis(),
            null));
    return runId;
  }

  private RunResult search(
      RunOutcome outcome,
      Split split,
      PromptOptimizer engine,
      RunRecorder events,
      Cancellation cancellation) {
    OptimizeRequest request = outcome.request();
    RunPlan plan = outcome.plan();
    try (RunModels models =
        RunModels.open(
            request.modelUse(),
            plan.choice().baseline().model().modelId(),
            new SqliteCallJournal(database, outcome.runId(), clock),
            cancellation)) {
      ModelSettings settings = plan.choice().baseline().model();
      Grader asked =
          Graders.forTasks(
              GraderChoice.named(request.grader()),
              plan.tasks(),
              () -> new JudgeGrader(models.gateway(), settings.modelId(), plan.rubric()));
      Optional<RunJudge> judge =
          asked.exact()
              ? Optional.empty()
              : Optional.of(RunJudge.begin(new JudgeStore(database), outcome, models, clock));
      TestReserve reserve =
          TestReserve.of(request, plan, split, judge.map(RunJudge::promptTokens).orElse(0L));
      GraderTrust trust =
          reserve.keepDuring(
              models.gateway().budget(),
              () -> judge.map(j -> j.held(events, cancellation)).orElse(GraderTrust.inRule(asked)));
      RolloutRunner rollouts =
          new RolloutRunner(
              new SystemPromptAgent(
                  models.gateway(),
                  settings.modelId(),
                  settings.temperature(),
                  settings.maxTokens()),
              trust.grader());
      events.on(
          new RunEvent.CandidateMade("v0", null, 0, plan.choice().baseline().systemPrompt(), null));
      events.on(
          new RunEvent.PhaseStarted(
              "search",
              request.settings().plannedRollouts(split.train().size(), split.validation().size())));
      OptimizationResult found =
          reserve.keepDuring(
              models.gateway().budget(),
              () ->
                  engine.optimize(
                      new OptimizationJob(
                          outcome.runId(),
                          plan.choice().baseline().systemPrompt(),
                          split.train(),
                          split.validation(),
                          plan.humanNotes(),
                          request.settings(),
                          request.seed()),
                      new PromptOptimizer.Context(
                          rollouts, models.gateway(), models.endpoint(), events, cancellation)));
      if (found.stopReason() == OptimizationResult.StopReason.CANCELLED) {
        return end(
            outcome,
            outcome.cancelled(found, events.nameOf(found.prompt()), models.gateway().spent()));
      }
      events.on(new RunEvent.PhaseStarted("test", 2 * split.test().size()));
      SealedTest.Result test =
          new SealedTest(
                  rollouts, request.settings().concurrency(), events, cancellation, request.seed())
              .run(
                  contestant(plan.choice().baseline().systemPrompt(), events),
                  contestant(found.prompt(), events),
                  split.test());
      return end(
          outcome,
          outcome.judged(
              found, events.nameOf(found.prompt()), test, trust, models.gateway().spent()));
    }
  }

  private static SealedTest.Contestant contestant(String prompt, RunRecorder events) {
    return new SealedTest.Contestant(events.nameOf(prompt), prompt);
  }

  /** Keeps the result, and the proposal where there is one, and writes the report. */
  private RunResult end(RunOutcome outcome, RunOutcome.Ended ended) {
    RunResult result = ended.result();
    if (result.verdict() == Verdict.Decision.PROMOTE) {
      result =
          result.withProposal(
              proposals
                  .propose(
                      outcome.runId(),
                      result.baseline().lineageId(),
                      result.baseline().agentVersionId(),
                      result.prompt(),
                      Json.write(ended.verdict()))
                  .id());
    }
    runs.finish(outcome.runId(), result.state(), Json.write(result), null);
    Promotion promotion = null;
    if (result.proposalId() != null && outcome.request().policy().autoPromote()) {
      promotion = promotions.promote(result.proposalId(), false);
      result = result.withPromotion(promotion.promotionId());
    }
    result = result.withReport(reports.write(outcome, ended, result, promotion).toString());
    runs.finish(outcome.runId(), result.state(), Json.write(result), null);
    return result;
  }
}
