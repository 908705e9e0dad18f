package dev.lightningbridge.runs;

import dev.lightningbridge.camp.Corpus;
import dev.lightningbridge.dataset.Split;
import dev.lightningbridge.grading.calibration.JudgeCalibration;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.TrainingSettings;
import java.util.Optional;

/**
 * About what a run calls that trains a model: the judge's own test, its rewards in RL, and the
 * sealed test of base and trained model, whose own answers cost nothing.
 */
final class TrainingEstimate {
  /** RL measures the model on validation tasks at the start, and so often after it. */
  private static final int MEASUREMENTS = 10;

  private TrainingEstimate() {}

  static RunEstimate of(
      OptimizeRequest request, TrainingSettings training, RunPlan plan, Corpus corpus) {
    boolean measured = !RunTraining.isWithoutGrader(request, plan);
    boolean judged = measured && RunEstimate.judged(request, plan);
    Optional<Split> split = plan.split(request);
    if (split.isEmpty()) {
      return new RunEstimate(
          0,
          0,
          0,
          plan.missing(request),
          judged,
          0,
          0,
          0.0,
          new RunEstimate.Training(null, 0, 0, measured));
    }
    boolean rl = training.algorithm() == Algorithm.RL;
    Long examples = rl ? null : TrainingExamples.count(request, plan, split.get());
    int needed = rl ? 0 : RunTraining.FEWEST_EXAMPLES;
    int steps =
        examples == null
            ? training.steps()
            : examples < needed ? 0 : RunTraining.steps(training, examples);
    long tested = steps == 0 || !measured ? 0 : 2L * split.get().test().size();
    long judgements =
        !judged || steps == 0
            ? 0
            : tested
                + JudgeCalibration.judgements(RunEstimate.MOST_JUDGED)
                + (rl ? rewards(training, split.get()) : 0);
    EstimatedCosts costs = new EstimatedCosts(request, plan.choice().baseline().model().modelId());
    costs.addFree(
        tested,
        RunEstimate.tokens(plan.choice().baseline().systemPrompt().length())
            + RunEstimate.input(plan),
        RunEstimate.output(corpus, plan.choice().session().id()));
    costs.add(ModelRole.JUDGE, judgements, RunEstimate.JUDGED, RunEstimate.VERDICT);
    return new RunEstimate(
        split.get().train().size(),
        split.get().validation().size(),
        split.get().test().size(),
        0,
        judged,
        tested + judgements,
        costs.tokens(),
        costs.usd(),
        new RunEstimate.Training(examples, needed, steps, measured));
  }

  private static long rewards(TrainingSettings training, Split split) {
    long measurements = 1L + Math.min(MEASUREMENTS, training.steps());
    return (long) training.steps() * training.batch() * training.rollouts()
        + measurements * split.validation().size();
  }
}
