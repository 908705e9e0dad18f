package dev.lightningbridge.runs.ending;

import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.verdict.RunRollouts;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.runs.CallsSpent;
import dev.lightningbridge.runs.LineageChoice;
import dev.lightningbridge.runs.RunPlan;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.judging.GraderTrust;
import dev.lightningbridge.runs.models.EstimatedCosts;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.OptimizeRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts together what a user is told of a run's end. */
final class RunResults {
  private RunResults() {}

  /**
   * The result of a run that ended so.
   *
   * @param found what the search found; null where nothing was searched
   * @param trust the grader; null where nothing was graded
   */
  static RunResult of(
      BegunRun run,
      RunState state,
      Verdict verdict,
      @Nullable OptimizationResult found,
      String winner,
      @Nullable GraderTrust trust,
      Spend spent) {
    RunPlan plan = run.plan();
    var baseline = plan.choice().baseline();
    String prompt = found == null ? baseline.systemPrompt() : found.prompt();
    return new RunResult(
        run.runId(),
        run.engine(),
        run.request().model() instanceof ModelAccess.Sandbox,
        state,
        new RunParts.Decided(verdict.decision(), verdict.sentence(), verdict.remarks()),
        about(run, found, winner),
        new RunParts.Graded(
            trust == null ? "none" : trust.grader().name(), trust == null ? null : trust.judge()),
        new RunParts.Tested(
            verdict.test(),
            List.of(),
            List.of(),
            RunRollouts.NONE,
            null,
            found == null ? null : found.stopReason()),
        CallsSpent.of(
            spent,
            EstimatedCosts.known(
                run.request().modelUse(), baseline.model().modelId(), run.roles())),
        new RunParts.Found(prompt, diff(baseline.systemPrompt(), prompt), List.of(), null),
        RunParts.Followed.NOTHING,
        plan.skipped());
  }

  private static RunParts.About about(
      BegunRun run, @Nullable OptimizationResult found, String winner) {
    LineageChoice choice = run.plan().choice();
    var baseline = choice.baseline();
    return new RunParts.About(
        choice.why(),
        new RunParts.Baseline(
            baseline.id(),
            baseline.number(),
            choice.lineage().id(),
            choice.lineage().label(),
            choice.session().id()),
        found == null
            ? null
            : new RunParts.Winner(
                winner,
                Double.isNaN(found.validationScore()) ? null : found.validationScore(),
                !found.prompt().equals(baseline.systemPrompt())),
        counts(run.plan(), run.request()));
  }

  private static List<String> diff(String current, String prompt) {
    return UnifiedDiff.of("current prompt", current, "new prompt", prompt);
  }

  private static RunParts.TaskCounts counts(RunPlan plan, OptimizeRequest request) {
    Split none = new Split(List.of(), List.of(), List.of());
    Split split = plan.split(request).orElse(none);
    return new RunParts.TaskCounts(
        split.train().size(),
        split.validation().size(),
        split.test().size(),
        plan.missing(request),
        split.aside().size());
  }
}
