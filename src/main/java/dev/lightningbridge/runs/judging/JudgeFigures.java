package dev.lightningbridge.runs.judging;

import dev.lightningbridge.grading.calibration.Agreement;
import dev.lightningbridge.grading.calibration.CalibrationReport;
import org.jspecify.annotations.Nullable;

/**
 * How far a run's judge can be trusted; part of the run's result.
 *
 * @param reason of the trust or distrust, one sentence
 * @param accepted whether it may decide though it is not trusted, as the user said
 * @param agreement with people's scores, of the judge as it was used; null where there were too few
 *     scores to test it
 * @param corrected whether its scores are corrected
 * @param stored whether the calibration is one of before, not the run's own
 * @param calibrationId null where there is none that is kept
 */
public record JudgeFigures(
    String model,
    boolean trusted,
    boolean accepted,
    String reason,
    @Nullable Agreement agreement,
    boolean corrected,
    boolean stored,
    @Nullable String calibrationId) {

  static @Nullable Agreement agreement(CalibrationReport report) {
    CalibrationReport.Correction correction = report.correction();
    return correction == null ? report.judge() : correction.corrected();
  }
}
