package dev.lightningbridge.runs.models;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.grading.GradedBy;
import dev.lightningbridge.grading.calibration.JudgeCalibration;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.runs.RunPlan;
import dev.lightningbridge.runs.Synthesis;
import dev.lightningbridge.runs.ledger.TestOpening;
import dev.lightningbridge.runs.request.ModelUse;
import dev.lightningbridge.runs.request.OptimizeRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * About what a run calls that searches for a prompt: its rollouts and their grades, the calls that
 * write prompts, the judge's own test and the sealed test.
 */
public final class SearchEstimate {
  /** Inputs that are shown to who writes more. */
  private static final int SYNTHESIS = 24;

  public static final int MOST_JUDGED = 100;
  private static final int LOOKED_AT = 500;

  private SearchEstimate() {}

  /** Rollouts of the search itself; none where a person gave the prompt that is tested. */
  public static int rollouts(OptimizeRequest request, Split split) {
    return request.candidate() != null
        ? 0
        : request.settings().plannedRollouts(split.train().size(), split.validation().size());
  }

  /**
   * Of a search.
   *
   * @param openings gives the opening that these sealed tasks would be
   */
  public static RunEstimate of(
      OptimizeRequest request,
      RunPlan read,
      Corpus corpus,
      Function<List<Task>, TestOpening> openings) {
    List<Task> written = Synthesis.placeholders(request.synthesize(), read.tasks());
    RunPlan plan = read.withMore(written).splitBy(request);
    Optional<Split> split = plan.split(request);
    GradedBy by = plan.gradedBy(request);
    boolean judged = by instanceof GradedBy.Judge;
    boolean atLeast = !request.usedAgent().isPrompt();
    if (split.isEmpty()) {
      return RunEstimate.lacking(plan.missing(request), by, null, atLeast);
    }
    int train = split.get().train().size();
    int validation = split.get().validation().size();
    int test = split.get().test().size();
    long rollouts = rollouts(request, split.get()) + 2L * test;
    long edits = request.hasCritic() ? request.settings().plannedOptimizerCalls() : 0;
    long calibration = judged ? JudgeCalibration.judgements(MOST_JUDGED) : 0;
    long judgements = judged ? rollouts + calibration : 0;
    double prompt =
        CostModel.GROWTH * CostModel.tokens(plan.choice().baseline().systemPrompt().length());
    double input = input(read);
    double output = output(corpus, plan.choice().session().id());
    double shown = request.settings().gradientBatchSize() * (input + output);
    long batches = Synthesis.batches(written.size());
    String model = plan.choice().baseline().model().modelId();
    EstimatedCosts sealed = new EstimatedCosts(request.modelUse(), model);
    sealed.add(ModelRole.WORKER, 2L * test, prompt + input, output);
    sealed.add(ModelRole.JUDGE, judged ? 2L * test : 0, CostModel.JUDGED, CostModel.VERDICT);
    RunEstimate.Part check =
        EndpointCheck.costs(request.modelUse(), model, new BegunRun("", "", request, read).roles());
    EstimatedCosts costs = new EstimatedCosts(request.modelUse(), model);
    costs.add(check);
    costs.add(ModelRole.SYNTHESIZER, batches, SYNTHESIS * input, Synthesis.BATCH * input);
    costs.add(ModelRole.WORKER, rollouts, prompt + input, output);
    costs.add(ModelRole.CRITIC, edits / 2, prompt + shown + CostModel.CRITIQUE, CostModel.CRITIQUE);
    costs.add(ModelRole.EDITOR, edits / 2, prompt + 2 * CostModel.CRITIQUE, prompt);
    costs.add(ModelRole.JUDGE, judgements, CostModel.JUDGED, CostModel.VERDICT);
    return new RunEstimate(
        train,
        validation,
        test,
        0,
        judged,
        check.calls() + batches + rollouts + edits + judgements,
        costs.tokens(),
        costs.usd(),
        judgeTest(request.modelUse(), model, calibration),
        sealed.part(),
        check,
        null,
        atLeast,
        openings.apply(split.get().test()),
        RunEstimate.ExternalGrades.of(by, rollouts));
  }

  public static RunEstimate.Part judgeTest(ModelUse use, String model, long judgements) {
    EstimatedCosts costs = new EstimatedCosts(use, model);
    costs.add(ModelRole.JUDGE, judgements, CostModel.JUDGED, CostModel.VERDICT);
    return costs.part();
  }

  public static double input(RunPlan plan) {
    return plan.tasks().stream()
        .mapToInt(t -> CostModel.tokens(t.input().length()))
        .average()
        .orElse(CostModel.CRITIQUE);
  }

  public static double output(Corpus corpus, String sessionId) {
    try (Stream<Attempt> attempts = corpus.attempts(sessionId)) {
      return attempts
          .map(Attempt::output)
          .filter(text -> text != null)
          .limit(LOOKED_AT)
          .mapToInt(text -> CostModel.tokens(text.length()))
          .average()
          .orElse(CostModel.CRITIQUE);
    }
  }
}
