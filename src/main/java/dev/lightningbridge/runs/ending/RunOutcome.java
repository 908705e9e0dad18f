package dev.lightningbridge.runs.ending;

import dev.lightningbridge.grading.calibration.CalibrationReport;
import dev.lightningbridge.optimize.verdict.PairedRollout;
import dev.lightningbridge.optimize.verdict.RolloutCounts;
import dev.lightningbridge.optimize.verdict.RunRollouts;
import dev.lightningbridge.optimize.verdict.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A result with what the report shows beside it.
 *
 * @param pairs both prompts' rollouts on the sealed test tasks; empty where it was not opened
 * @param judge the calibration of the run's judge; null where there is none
 */
public record RunOutcome(
    RunResult result,
    Verdict verdict,
    List<PairedRollout> pairs,
    @Nullable CalibrationReport judge) {
  /** This, with what would decide; null where there is no such thing. */
  public RunOutcome withDeciding(@Nullable Deciding deciding) {
    return new RunOutcome(result.withDeciding(deciding), verdict, pairs, judge);
  }

  /** This, of a run that trained the model. */
  public RunOutcome withModel(RegisteredModel model) {
    return new RunOutcome(result.withModel(model.result()), verdict, pairs, judge);
  }

  /** This, with what became of the rollouts. */
  public RunOutcome withSearch(RolloutCounts search) {
    return new RunOutcome(
        result.withRollouts(RunRollouts.of(search, pairs)), verdict, pairs, judge);
  }
}
