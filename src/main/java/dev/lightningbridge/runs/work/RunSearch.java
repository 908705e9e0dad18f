package dev.lightningbridge.runs.work;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.model.ModelGateway;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.optimize.CallTerms;
import dev.lightningbridge.optimize.HumanNote;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.PromptGuard;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.RolloutRunner;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.SealedComparison;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.runs.HumanNotes;
import dev.lightningbridge.runs.RunPlan;
import dev.lightningbridge.runs.RunRecorder;
import dev.lightningbridge.runs.Synthesis;
import dev.lightningbridge.runs.ending.Endings;
import dev.lightningbridge.runs.ending.RunOutcome;
import dev.lightningbridge.runs.ending.RunWork;
import dev.lightningbridge.runs.ending.SealedOpening;
import dev.lightningbridge.runs.judging.JudgeStore;
import dev.lightningbridge.runs.judging.RunBench;
import dev.lightningbridge.runs.judging.RunGrading;
import dev.lightningbridge.runs.ledger.SealedInputs;
import dev.lightningbridge.runs.ledger.SyntheticTasks;
import dev.lightningbridge.runs.ledger.TestOpening;
import dev.lightningbridge.runs.ledger.TestOpenings;
import dev.lightningbridge.runs.models.MeansOfSearch;
import dev.lightningbridge.runs.models.RunEstimate;
import dev.lightningbridge.runs.models.RunModels;
import dev.lightningbridge.runs.models.SearchEstimate;
import dev.lightningbridge.runs.request.OptimizeRequest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Searches for a prompt: writes tasks where asked to, searches, opens the test. */
final class RunSearch implements RunWork {
  private final Supplier<PromptOptimizer> engine;
  private final SyntheticTasks synthetic;
  private final SealedInputs sealed;
  private final JudgeStore judges;
  private final TestOpenings openings;
  private final Clock clock;

  RunSearch(
      Supplier<PromptOptimizer> engine,
      SyntheticTasks synthetic,
      SealedInputs sealed,
      JudgeStore judges,
      TestOpenings openings,
      Clock clock) {
    this.engine = engine;
    this.synthetic = synthetic;
    this.sealed = sealed;
    this.judges = judges;
    this.openings = openings;
    this.clock = clock;
  }

  @Override
  public String engine() {
    return engine.get().name();
  }

  @Override
  public void check(OptimizeRequest request, RunPlan plan) {
    MeansOfSearch.check(request, plan);
  }

  @Override
  public RunEstimate estimate(
      OptimizeRequest request,
      RunPlan plan,
      Corpus corpus,
      Function<List<Task>, TestOpening> openings) {
    return SearchEstimate.of(request, plan, corpus, openings);
  }

  @Override
  public RunOutcome carryOut(BegunRun begun, RunBench bench) {
    BegunRun run = begun.withPlan(withSyntheticTasks(begun.request(), begun.plan(), bench));
    return run.plan()
        .split(run.request())
        .map(split -> judged(run, split, bench))
        .orElseGet(() -> new Endings(run).tooFewTasks(bench.models().gateway().spent()));
  }

  private RunPlan withSyntheticTasks(OptimizeRequest request, RunPlan plan, RunBench bench) {
    if (request.synthesize() == 0) {
      return plan;
    }
    AgentVersion baseline = plan.choice().baseline();
    List<Task> made =
        new Synthesis(
                bench.models().gateway(),
                baseline.model().modelId(),
                bench.events(),
                bench.cancellation())
            .upTo(request.synthesize(), plan.choice().session(), plan.tasks());
    synthetic.keep(plan.choice().session().id(), made, baseline.model().modelId());
    return plan.withMore(made).splitBy(request);
  }

  private RunOutcome judged(BegunRun run, Split split, RunBench bench) {
    SealedOpening test = new SealedOpening(openings, run, bench, split.test());
    return test.inVain().orElseGet(() -> judged(run, split, bench, test));
  }

  private RunOutcome judged(BegunRun run, Split split, RunBench bench, SealedOpening opened) {
    OptimizeRequest request = run.request();
    RunPlan plan = run.plan();
    sealed.keep(run.runId(), plan.seal(), split);
    RunModels models = bench.models();
    RunRecorder events = bench.events();
    String current = plan.choice().baseline().systemPrompt();
    RunGrading grading = RunGrading.begin(run, split, bench, judges, clock);
    RolloutRunner rollouts =
        new RolloutRunner(bench.agents().withItsModel(), grading.trust().grader());
    List<HumanNote> notes = HumanNotes.shown(plan.humanNotes(), split);
    if (!notes.isEmpty()) {
      events.on(
          new RunEvent.Note(
              "info",
              "Notes by people that critics read: %d (--no-human-notes leaves them out)."
                  .formatted(notes.size())));
    }
    events.on(new RunEvent.CandidateMade("v0", null, 0, current, null));
    events.on(new RunEvent.PhaseStarted("search", SearchEstimate.rollouts(request, split)));
    Optional<Verdict> inVain =
        request.candidate() != null
            ? Optional.empty()
            : grading.during(
                () -> new StartCheck(run, rollouts, events, bench.cancellation()).inVain(split));
    if (inVain.isPresent()) {
      return new Endings(run).notSearched(inVain.get(), models.gateway().spent());
    }
    OptimizationResult found =
        grading.during(
            () ->
                engine
                    .get()
                    .optimize(
                        new OptimizationJob(
                            run.runId(),
                            current,
                            split.train(),
                            split.validation(),
                            notes,
                            request.settings(),
                            PromptGuard.of(current, request.rules()),
                            new CallTerms(
                                !request.usedAgent().isPrompt(),
                                plan.choice().baseline().model().maxTokens(),
                                models.worker()),
                            request.seed(),
                            MeansOfSearch.of(request, plan, split)),
                        new PromptOptimizer.Context(
                            rollouts,
                            models.gateway(),
                            models.endpoint(),
                            events,
                            bench.cancellation())));
    rollouts.notAskedFor().forEach(r -> events.on(RunEvent.RolloutFinished.of("v0", r)));
    models.gateway().throwIfBroken();
    if (found.stopReason() == OptimizationResult.StopReason.CANCELLED) {
      return new Endings(run)
          .cancelled(found, events.nameOf(found.prompt()), models.gateway().spent());
    }
    String cutShort =
        found.stopReason() == OptimizationResult.StopReason.BUDGET_EXHAUSTED
            ? cutShort(grading, events)
            : null;
    SealedComparison.Result test =
        opened.run(
            new SealedComparison(
                request.settings().concurrency(), events, bench.cancellation(), request.seed()),
            contestant(current, rollouts, events),
            contestant(found.prompt(), rollouts, events),
            grading);
    return new Endings(run)
        .judged(
            found,
            cutShort,
            events.nameOf(found.prompt()),
            test,
            grading.trust(),
            models.gateway().spent())
        .withDeciding(opened.deciding());
  }

  /** Says what the search came to before its budget ended it. */
  private static String cutShort(RunGrading grading, RunRecorder events) {
    ModelGateway gateway = grading.models().gateway();
    String limit = gateway.budget().ended();
    String sentence =
        "The limit of %s ended the search early.".formatted(limit == null ? "the budget" : limit);
    Spend spent = gateway.spent();
    events.on(
        new RunEvent.Note(
            "warning",
            "%s Spent: %s. Kept for the sealed test: %s."
                .formatted(
                    sentence,
                    Figures.spent(spent.calls(), spent.tokens(), spent.usd()),
                    grading.reserve().words(gateway.budget()))));
    return sentence;
  }

  private static SealedComparison.Contestant contestant(
      String prompt, RolloutRunner rollouts, RunRecorder events) {
    return new SealedComparison.Contestant(events.nameOf(prompt), prompt, rollouts);
  }
}
