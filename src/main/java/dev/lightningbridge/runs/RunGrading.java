package dev.lightningbridge.runs;

import dev.lightningbridge.dataset.Split;
import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.grading.GraderChoice;
import dev.lightningbridge.grading.Graders;
import dev.lightningbridge.grading.JudgeGrader;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** Who grades a run, and the part of its budget that is kept back for the verdict. */
record RunGrading(GraderTrust trust, RunModels models, TestReserve reserve) {
  /** Chooses the grader; a judge is compared with people's scores first. */
  static RunGrading begin(
      RunOutcome outcome, Split split, RunWork.Bench bench, JudgeStore judges, Clock clock) {
    RunModels models = bench.models();
    Grader asked = asked(outcome, models);
    Optional<RunJudge> judge =
        asked.exact()
            ? Optional.empty()
            : Optional.of(RunJudge.begin(judges, outcome, models, clock));
    TestReserve reserve =
        TestReserve.of(
            outcome.request(), outcome.plan(), split, judge.map(RunJudge::promptTokens).orElse(0L));
    GraderTrust trust =
        reserve.keepDuring(
            models.gateway().budget(),
            () ->
                judge
                    .map(j -> j.held(bench.events(), bench.cancellation()))
                    .orElse(GraderTrust.inRule(asked)));
    return new RunGrading(trust, models, reserve);
  }

  private static Grader asked(RunOutcome outcome, RunModels models) {
    RunPlan plan = outcome.plan();
    return Graders.forTasks(
        GraderChoice.named(outcome.request().grader()),
        plan.tasks(),
        () ->
            new JudgeGrader(
                models.gateway(), plan.choice().baseline().model().modelId(), plan.rubric()));
  }

  /** Does work with the reserve kept back. */
  <T> T during(Supplier<T> work) {
    return reserve.keepDuring(models.gateway().budget(), work);
  }
}
