package dev.lightningbridge.grading.calibration;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.grading.GradingError;
import dev.lightningbridge.grading.JudgeGrader;
import dev.lightningbridge.grading.Rubric;
import dev.lightningbridge.grading.calibration.CalibrationReport.Judged;
import dev.lightningbridge.model.ChatModel;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * Tests a judge on outputs that people scored and that it was not shown. Each is judged once, a
 * part of them a second time for its repeatability, and the lowest ones with pleas for a high score
 * in them ({@link Persuasion}).
 */
public final class JudgeCalibration {
  private static final int JUDGED_TWICE = 30;

  private final ChatModel model;
  private final String modelId;
  private final Rubric rubric;
  private final int concurrency;
  private final Cancellation cancellation;
  private final long seed;

  /**
   * @param rubric without examples: they are chosen from the scored outputs
   * @param concurrency outputs at the same time, at least 1
   */
  public JudgeCalibration(
      ChatModel model,
      String modelId,
      Rubric rubric,
      int concurrency,
      Cancellation cancellation,
      long seed) {
    this.model = model;
    this.modelId = modelId;
    this.rubric = rubric;
    this.concurrency = concurrency;
    this.cancellation = cancellation;
    this.seed = seed;
  }

  /**
   * Hears of each judgement, also of repeated ones and of outputs with a plea, from several threads
   * at once.
   */
  @FunctionalInterface
  public interface Listener {
    void judged(ScoredOutput output, int score);
  }

  /** How many judgements a test of so many held-out outputs makes at most. */
  public static int judgements(int heldOut) {
    return heldOut + Math.min(heldOut, JUDGED_TWICE) + PleaTrial.judgements(heldOut);
  }

  /** The same, with pairs of outputs beside them. */
  public static int judgements(List<ScoredOutput> heldOut, List<ChosenPair> pairs) {
    int further = ChosenPair.further(pairs, heldOut).size();
    return heldOut.size()
        + further
        + Math.min(heldOut.size(), JUDGED_TWICE)
        + PleaTrial.judgements(heldOut.size() + further);
  }

  /** As {@link #run(List, List, Listener)}, without pairs and with nobody listening. */
  public CalibrationReport run(List<ScoredOutput> scored) {
    return run(scored, List.of(), (output, score) -> {});
  }

  /**
   * Runs the test. Where the budget runs out the report is about those judged until then.
   *
   * @param pairs of outputs that the judge is not shown, one a task
   * @throws BridgeException where nothing is left to test on, the budget pays for no judgement, or
   *     the judge has no readable score for more than 10 % of the outputs
   * @throws CancellationException where the run was cancelled
   */
  public CalibrationReport run(
      List<ScoredOutput> scored, List<ChosenPair> pairs, Listener listener) {
    RubricExamples examples = RubricExamples.choose(scored, seed);
    Rubric shown = examples.in(rubric);
    JudgingRound first = round(shown, Failure.TOLERATED, listener);
    List<Judged> judged = first.judge(examples.heldOut(), concurrency);
    if (judged.isEmpty() && first.outOfBudget()) {
      throw new BridgeException(
          GradingError.JUDGE_BUDGET,
          "the budget pays for not one judgement",
          "--max-calls, --max-tokens, --max-usd",
          "Raise the limit; a judgement is one call.");
    }
    if (judged.isEmpty()) {
      throw new BridgeException(
          GradingError.TOO_FEW_SCORES,
          "no held-out output was judged",
          "%d scored outputs, %d of them shown as examples"
              .formatted(scored.size(), examples.shown().size()),
          "Score more outputs in Training Camp, or use an exact grader.");
    }
    List<ScoredOutput> twice = judged.stream().map(Judged::output).limit(JUDGED_TWICE).toList();
    List<Judged> again =
        first.outOfBudget()
            ? List.of()
            : round(shown, Failure.TOLERATED, listener).judge(twice, concurrency);
    List<Judged> further =
        first.outOfBudget()
            ? List.of()
            : first.judge(ChosenPair.further(pairs, examples.heldOut()), concurrency);
    JudgeEvaluation evaluation = new JudgeEvaluation(judged, again, seed);
    PleaTrial trial = PleaTrial.of(judged, judged.size() + further.size(), seed);
    // What a plea does to an answer is a finding, not a reason to give the test up.
    JudgingRound third = round(shown, 1, listener);
    List<Judged> pleaded =
        first.outOfBudget() ? List.of() : third.judge(trial.outputs(), concurrency);
    return evaluation.report(
        examples.shown().stream().map(ScoredOutput::id).toList(),
        first.failures(),
        !first.outOfBudget() && !third.outOfBudget(),
        pairs.isEmpty()
            ? null
            : ChoiceAgreement.of(pairs, Stream.concat(judged.stream(), further.stream())),
        trial.result(pleaded, evaluation.noise()).orElse(null));
  }

  private JudgingRound round(Rubric shown, double mostFailures, Listener listener) {
    return new JudgingRound(
        new JudgeGrader(model, modelId, shown), mostFailures, listener, cancellation);
  }
}
