package dev.lightningbridge.runs.judging;

import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.grading.GradedBy;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.runs.models.RunModels;
import java.time.Clock;
import java.util.function.Supplier;

/** Who grades a run, and the part of its budget that is kept back for the verdict. */
public record RunGrading(GraderTrust trust, RunModels models, TestReserve reserve) {
  /** Begins with a grader; a judge is compared with people's scores first. */
  public static RunGrading begin(
      BegunRun run, Split split, RunBench bench, JudgeStore judges, Clock clock) {
    return switch (run.gradedBy()) {
      case GradedBy.Rule rule ->
          new RunGrading(
              GraderTrust.inRule(rule.grader()), bench.models(), reserve(run, split, 0, bench));
      case GradedBy.External external ->
          new RunGrading(
              GraderTrust.inExternal(bench.external(external.grader(), run.request())),
              bench.models(),
              reserve(run, split, 0, bench));
      case GradedBy.Judge j -> {
        RunJudge judge = RunJudge.begin(judges, run, split, bench.models(), clock);
        TestReserve reserve = reserve(run, split, judge.promptTokens(), bench);
        GraderTrust trust =
            reserve.keepDuring(
                bench.models().gateway().budget(),
                () -> judge.held(bench.events(), bench.cancellation()));
        yield new RunGrading(trust, bench.models(), reserve);
      }
      case GradedBy.Nobody n -> throw new IllegalStateException("nothing grades the run");
    };
  }

  private static TestReserve reserve(BegunRun run, Split split, long judgeTokens, RunBench bench) {
    return TestReserve.of(run.request(), run.plan(), split, judgeTokens, bench.agents().calls());
  }

  /** Does work with the reserve kept back. */
  public <T> T during(Supplier<T> work) {
    return reserve.keepDuring(models.gateway().budget(), work);
  }
}
