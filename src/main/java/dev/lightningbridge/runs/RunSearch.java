package dev.lightningbridge.runs;

import dev.lightningbridge.agent.SystemPromptAgent;
import dev.lightningbridge.camp.AgentVersion;
import dev.lightningbridge.camp.ModelSettings;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.Split;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.grading.GraderChoice;
import dev.lightningbridge.grading.Graders;
import dev.lightningbridge.grading.JudgeGrader;
import dev.lightningbridge.optimize.HumanNote;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.RolloutRunner;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.SealedTest;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What a run does before its gateway: writes tasks where asked to, searches, opens the test. */
final class RunSearch {
  private final RunModels models;
  private final PromptOptimizer engine;
  private final RunRecorder events;
  private final Cancellation cancellation;
  private final SyntheticTasks synthetic;
  private final JudgeStore judges;
  private final Clock clock;

  RunSearch(
      RunModels models,
      PromptOptimizer engine,
      RunRecorder events,
      Cancellation cancellation,
      SyntheticTasks synthetic,
      JudgeStore judges,
      Clock clock) {
    this.models = models;
    this.engine = engine;
    this.events = events;
    this.cancellation = cancellation;
    this.synthetic = synthetic;
    this.judges = judges;
    this.clock = clock;
  }

  RunOutcome.Ended ended(RunOutcome begun) {
    RunOutcome outcome = begun.withPlan(withSyntheticTasks(begun.request(), begun.plan()));
    return outcome
        .plan()
        .split(outcome.request())
        .map(split -> judged(outcome, split))
        .orElseGet(() -> outcome.tooFewTasks(models.gateway().spent()));
  }

  private RunPlan withSyntheticTasks(OptimizeRequest request, RunPlan plan) {
    if (request.synthesize() == 0) {
      return plan;
    }
    AgentVersion baseline = plan.choice().baseline();
    List<Task> made =
        new Synthesis(models.gateway(), baseline.model().modelId(), events, cancellation)
            .upTo(request.synthesize(), plan.choice().session(), plan.tasks());
    synthetic.keep(plan.choice().session().id(), made, baseline.model().modelId());
    return plan.withMore(made);
  }

  private RunOutcome.Ended judged(RunOutcome outcome, Split split) {
    OptimizeRequest request = outcome.request();
    RunPlan plan = outcome.plan();
    String current = plan.choice().baseline().systemPrompt();
    ModelSettings settings = plan.choice().baseline().model();
    Grader asked =
        Graders.forTasks(
            GraderChoice.named(request.grader()),
            plan.tasks(),
            () -> new JudgeGrader(models.gateway(), settings.modelId(), plan.rubric()));
    Optional<RunJudge> judge =
        asked.exact()
            ? Optional.empty()
            : Optional.of(RunJudge.begin(judges, outcome, models, clock));
    TestReserve reserve =
        TestReserve.of(request, plan, split, judge.map(RunJudge::promptTokens).orElse(0L));
    GraderTrust trust =
        reserve.keepDuring(
            models.gateway().budget(),
            () -> judge.map(j -> j.held(events, cancellation)).orElse(GraderTrust.inRule(asked)));
    RolloutRunner rollouts =
        new RolloutRunner(
            new SystemPromptAgent(
                models.gateway(), settings.modelId(), settings.temperature(), settings.maxTokens()),
            trust.grader());
    List<HumanNote> notes = HumanNotes.shown(plan.humanNotes(), split);
    if (!notes.isEmpty()) {
      events.on(
          new RunEvent.Note(
              "info",
              "Notes by people that critics read: %d (--no-human-notes leaves them out)."
                  .formatted(notes.size())));
    }
    events.on(new RunEvent.CandidateMade("v0", null, 0, current, null));
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
                        current,
                        split.train(),
                        split.validation(),
                        notes,
                        request.settings(),
                        request.seed()),
                    new PromptOptimizer.Context(
                        rollouts, models.gateway(), models.endpoint(), events, cancellation)));
    models.gateway().throwIfBroken();
    if (found.stopReason() == OptimizationResult.StopReason.CANCELLED) {
      return outcome.cancelled(found, events.nameOf(found.prompt()), models.gateway().spent());
    }
    events.on(new RunEvent.PhaseStarted("test", 2 * split.test().size()));
    SealedTest.Result test =
        new SealedTest(
                rollouts, request.settings().concurrency(), events, cancellation, request.seed())
            .run(contestant(current), contestant(found.prompt()), split.test());
    return outcome.judged(
        found, events.nameOf(found.prompt()), test, trust, models.gateway().spent());
  }

  private SealedTest.Contestant contestant(String prompt) {
    return new SealedTest.Contestant(events.nameOf(prompt), prompt);
  }
}
