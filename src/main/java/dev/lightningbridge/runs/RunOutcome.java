package dev.lightningbridge.runs;

import dev.lightningbridge.grading.calibration.CalibrationReport;
import dev.lightningbridge.optimize.PairedRollout;
import dev.lightningbridge.optimize.RolloutCounts;
import dev.lightningbridge.optimize.RunRollouts;
import dev.lightningbridge.optimize.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A result with what the report shows beside it.
 *
 * @param pairs both prompts' rollouts on the sealed test tasks; empty where it was not opened
 * @param judge the calibration of the run's judge; null where there is none
 */
record RunOutcome(
    RunResult result,
    Verdict verdict,
    List<PairedRollout> pairs,
    @Nullable CalibrationReport judge) {
  /** This, with what would decide; null where there is no such thing. */
  RunOutcome withDeciding(@Nullable Deciding deciding) {
    return new RunOutcome(result.withDeciding(deciding), verdict, pairs, judge);
  }

  /** This, of a run that trained the model. */
  RunOutcome withModel(RegisteredModel model) {
    return new RunOutcome(result.withModel(model.result()), verdict, pairs, judge);
  }

  /** This, with what became of the rollouts. */
  RunOutcome withSearch(RolloutCounts search) {
    return new RunOutcome(result.withRollouts(RunRollouts.of(search, pairs)), verdict, pairs, judge);
  }
}

