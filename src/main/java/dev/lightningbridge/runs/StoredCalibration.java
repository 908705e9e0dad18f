package dev.lightningbridge.runs;

import dev.lightningbridge.grading.calibration.CalibrationReport;
import dev.lightningbridge.model.ModelNames;
import dev.lightningbridge.model.ModelRole;

/**
 * A judge's calibration as bridge.db holds it.
 *
 * @param model the judge's model, told apart from every other one
 * @param fingerprint of all that it depends on: {@link JudgeMaterial#fingerprint}
 * @param seed with which its outputs were chosen, and {@code outputs} how many at most
 * @param createdAt milliseconds since the epoch
 */
public record StoredCalibration(
    String id,
    String campPath,
    String sessionId,
    String model,
    String fingerprint,
    long seed,
    int outputs,
    CalibrationReport report,
    long createdAt) {
  /** Whether a simulated model judged: then the figures prove the pipeline only. */
  public boolean sandbox() {
    return model.startsWith(ModelNames.sandbox().of(ModelRole.JUDGE, ""));
  }
}
