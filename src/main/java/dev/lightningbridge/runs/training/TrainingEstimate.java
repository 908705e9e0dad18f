package dev.lightningbridge.runs.training;

import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.grading.GradedBy;
import dev.lightningbridge.grading.calibration.JudgeCalibration;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.TrainingSettings;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.runs.RunPlan;
import dev.lightningbridge.runs.ledger.TestOpening;
import dev.lightningbridge.runs.models.CostModel;
import dev.lightningbridge.runs.models.EndpointCheck;
import dev.lightningbridge.runs.models.EstimatedCosts;
import dev.lightningbridge.runs.models.RunEstimate;
import dev.lightningbridge.runs.models.SearchEstimate;
import dev.lightningbridge.runs.request.OptimizeRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * About what a run calls that trains a model: the judge's own test, its rewards in RL, and the
 * sealed test of base and trained model, whose own answers cost nothing.
 */
final class TrainingEstimate {
  /** RL measures the model on validation tasks at the start, and so often after it. */
  private static final int MEASUREMENTS = 10;

  private TrainingEstimate() {}

  static RunEstimate of(
      OptimizeRequest request,
      TrainingSettings training,
      RunPlan plan,
      Corpus corpus,
      Function<List<Task>, TestOpening> openings) {
    GradedBy by = plan.gradedBy(request);
    boolean measured = !(by instanceof GradedBy.Nobody);
    boolean judged = by instanceof GradedBy.Judge;
    Optional<Split> split = plan.split(request);
    boolean atLeast = !request.usedAgent().isPrompt();
    if (split.isEmpty()) {
      return RunEstimate.lacking(
          plan.missing(request), by, new RunEstimate.Training(null, 0, 0, measured), atLeast);
    }
    boolean rl = training.algorithm() == Algorithm.RL;
    Long examples = rl ? null : TrainingExamples.count(request, plan, split.get());
    int needed = rl ? 0 : RunTraining.FEWEST_EXAMPLES;
    int steps =
        examples == null
            ? training.steps()
            : examples < needed ? 0 : RunTraining.steps(training, examples);
    long tested = steps == 0 || !measured ? 0 : 2L * split.get().test().size();
    boolean judges = judged && steps > 0;
    long calibration = judges ? JudgeCalibration.judgements(SearchEstimate.MOST_JUDGED) : 0;
    long grades = steps == 0 ? 0 : tested + (rl ? rewards(training, split.get()) : 0);
    long judgements = judges ? grades + calibration : 0;
    String model = plan.choice().baseline().model().modelId();
    double prompt =
        CostModel.tokens(plan.choice().baseline().systemPrompt().length())
            + SearchEstimate.input(plan);
    double output = SearchEstimate.output(corpus, plan.choice().session().id());
    EstimatedCosts sealed = new EstimatedCosts(request.modelUse(), model);
    sealed.addFree(tested, prompt, output);
    sealed.add(ModelRole.JUDGE, judges ? tested : 0, CostModel.JUDGED, CostModel.VERDICT);
    RunEstimate.Part check =
        EndpointCheck.costs(request.modelUse(), model, new BegunRun("", "", request, plan).roles());
    EstimatedCosts costs = new EstimatedCosts(request.modelUse(), model);
    costs.add(check);
    costs.addFree(tested, prompt, output);
    costs.add(ModelRole.JUDGE, judgements, CostModel.JUDGED, CostModel.VERDICT);
    return new RunEstimate(
        split.get().train().size(),
        split.get().validation().size(),
        split.get().test().size(),
        0,
        judged,
        check.calls() + tested + judgements,
        costs.tokens(),
        costs.usd(),
        SearchEstimate.judgeTest(request.modelUse(), model, calibration),
        sealed.part(),
        check,
        new RunEstimate.Training(examples, needed, steps, measured),
        atLeast,
        openings.apply(split.get().test()),
        RunEstimate.ExternalGrades.of(by, grades));
  }

  private static long rewards(TrainingSettings training, Split split) {
    long measurements = 1L + Math.min(MEASUREMENTS, training.steps());
    return (long) training.steps() * training.batch() * training.rollouts()
        + measurements * split.validation().size();
  }
}
