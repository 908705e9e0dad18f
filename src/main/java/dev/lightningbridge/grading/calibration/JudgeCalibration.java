package dev.lightningbridge.grading.calibration;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Parallel;
import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.grading.CallFailure;
import dev.lightningbridge.grading.Grade;
import dev.lightningbridge.grading.GradingError;
import dev.lightningbridge.grading.JudgeGrader;
import dev.lightningbridge.grading.Rubric;
import dev.lightningbridge.grading.calibration.CalibrationReport.Judged;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tests a judge on outputs that people scored and that it was not shown. Each is judged once, and a
 * part of them a second time for its repeatability.
 */
public final class JudgeCalibration {
  private static final double MOST_FAILURES = 0.10;
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

  /** Hears of each judgement, also of repeated ones, from several threads at once. */
  @FunctionalInterface
  public interface Listener {
    void judged(ScoredOutput output, int score);
  }

  /** How many judgements a test of so many held-out outputs makes. */
  public static int judgements(int heldOut) {
    return heldOut + Math.min(heldOut, JUDGED_TWICE);
  }

  /** As {@link #run(List, Listener)}, with nobody listening. */
  public CalibrationReport run(List<ScoredOutput> scored) {
    return run(scored, (output, score) -> {});
  }

  /**
   * Runs the test. Where the budget runs out the report is about those judged until then.
   *
   * @throws BridgeException where nothing is left to test on, the budget pays for no judgement, or
   *     the judge has no readable score for more than 10 % of the outputs
   * @throws CancellationException where the run was cancelled
   */
  public CalibrationReport run(List<ScoredOutput> scored, Listener listener) {
    RubricExamples examples = RubricExamples.choose(scored, seed);
    Round first = new Round(examples.in(rubric), examples.heldOut(), listener);
    List<Judged> judged = first.judge();
    if (judged.isEmpty() && first.outOfBudget.get()) {
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
    Round second = new Round(examples.in(rubric), twice, listener);
    List<Judged> again = first.outOfBudget.get() ? List.of() : second.judge();
    return new Evaluation(judged, again, seed)
        .report(
            examples.shown().stream().map(ScoredOutput::id).toList(),
            first.failures.get(),
            !first.outOfBudget.get());
  }

  /** Outputs judged by a judge that has seen none of them before. */
  private final class Round {
    private final JudgeGrader judge;
    private final List<ScoredOutput> outputs;
    private final Listener listener;
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicBoolean outOfBudget = new AtomicBoolean();

    Round(Rubric rubric, List<ScoredOutput> outputs, Listener listener) {
      this.listener = listener;
      this.judge = new JudgeGrader(model, modelId, rubric);
      this.outputs = outputs;
    }

    List<Judged> judge() {
      List<Judged> judged = Parallel.map(concurrency, outputs, this::judge);
      cancellation.throwIfRequested();
      return judged;
    }

    private Optional<Judged> judge(ScoredOutput output) {
      if (outOfBudget.get() || cancellation.isRequested()) {
        return Optional.empty();
      }
      try {
        Grade grade = judge.grade(output.asTask(), output.output());
        // People score in whole points: a judge that does not is compared by the nearest one.
        int score = (int) Math.round(1 + 9 * grade.reward());
        listener.judged(output, score);
        return Optional.of(new Judged(output, score, grade.feedback()));
      } catch (ModelException e) {
        return failed(output, e);
      }
    }

    private Optional<Judged> failed(ScoredOutput output, ModelException e) {
      switch (e.kind()) {
        case BUDGET_EXHAUSTED -> outOfBudget.set(true);
        case CANCELLED -> throw new CancellationException(String.valueOf(e.getMessage()));
        default -> {
          int failed = failures.incrementAndGet();
          if (failed > MOST_FAILURES * outputs.size()) {
            throw failed(failed, output, CallFailure.of(e, ModelRole.JUDGE), e);
          }
        }
      }
      return Optional.empty();
    }

    private BridgeException failed(
        int failed, ScoredOutput last, Failure failure, ModelException cause) {
      return new BridgeException(
          GradingError.JUDGE_FAILED,
          "the judge has no score for %d of %d outputs, for the last one since: %s"
              .formatted(failed, outputs.size(), failure.cause()),
          "output " + last.id(),
          failure.remedy() + " Or choose another judge model.",
          cause);
    }
  }
}
