package dev.lightningbridge.grading.calibration;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Parallel;
import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.grading.CallFailure;
import dev.lightningbridge.grading.Grade;
import dev.lightningbridge.grading.GradingError;
import dev.lightningbridge.grading.JudgeGrader;
import dev.lightningbridge.grading.calibration.CalibrationReport.Judged;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Outputs judged by a judge that has seen none of them before. */
final class JudgingRound {
  private final JudgeGrader judge;
  private final double mostFailures;
  private final JudgeCalibration.Listener listener;
  private final Cancellation cancellation;
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicBoolean outOfBudget = new AtomicBoolean();

  /**
   * @param mostFailures the share of outputs that may have no readable score
   */
  JudgingRound(
      JudgeGrader judge,
      double mostFailures,
      JudgeCalibration.Listener listener,
      Cancellation cancellation) {
    this.judge = judge;
    this.mostFailures = mostFailures;
    this.listener = listener;
    this.cancellation = cancellation;
  }

  /**
   * Judges them, so many at the same time.
   *
   * @return those with a readable score; fewer where the budget runs out
   * @throws BridgeException where too many have no readable score
   * @throws CancellationException where it was cancelled
   */
  List<Judged> judge(List<ScoredOutput> outputs, int concurrency) {
    List<Judged> judged =
        Parallel.map(concurrency, outputs, output -> judge(output, outputs.size()));
    cancellation.throwIfRequested();
    return judged;
  }

  int failures() {
    return failures.get();
  }

  boolean outOfBudget() {
    return outOfBudget.get();
  }

  private Optional<Judged> judge(ScoredOutput output, int outputs) {
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
      return failed(output, outputs, e);
    }
  }

  private Optional<Judged> failed(ScoredOutput output, int outputs, ModelException e) {
    switch (e.kind()) {
      case BUDGET_EXHAUSTED -> outOfBudget.set(true);
      case CANCELLED -> throw new CancellationException(String.valueOf(e.getMessage()));
      default -> {
        int failed = failures.incrementAndGet();
        if (failed > mostFailures * outputs) {
          throw tooMany(failed, outputs, output, e);
        }
      }
    }
    return Optional.empty();
  }

  private static BridgeException tooMany(
      int failed, int outputs, ScoredOutput last, ModelException cause) {
    Failure failure = CallFailure.of(cause, ModelRole.JUDGE);
    return new BridgeException(
        GradingError.JUDGE_FAILED,
        "the judge has no score for %d of %d outputs, for the last one since: %s"
            .formatted(failed, outputs, failure.cause()),
        "output " + last.id(),
        failure.remedy() + " Or choose another judge model.",
        cause);
  }
}
