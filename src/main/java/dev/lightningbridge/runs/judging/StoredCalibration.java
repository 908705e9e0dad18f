package dev.lightningbridge.runs.judging;

import dev.lightningbridge.grading.calibration.CalibrationReport;
import dev.lightningbridge.model.ModelNames;
import dev.lightningbridge.model.ModelRole;
import org.jspecify.annotations.Nullable;

/**
 * A judge's calibration as bridge.db holds it.
 *
 * @param model the judge's model, told apart from every other one
 * @param sessionName null where it was not kept yet
 * @param fingerprint of all that it depends on: {@link JudgeMaterial#fingerprint}
 * @param seed with which its outputs were chosen, and {@code outputs} how many at most
 * @param createdAt milliseconds since the epoch
 */
public record StoredCalibration(
    String id,
    String campPath,
    String sessionId,
    @Nullable String sessionName,
    String model,
    String fingerprint,
    long seed,
    int outputs,
    CalibrationReport report,
    long createdAt) {
  /** The session as people name it; its id where the name was not kept. */
  public String session() {
    return sessionName == null ? sessionId : sessionName;
  }

  /** Whether a simulated model judged: then the figures prove the pipeline only. */
  public boolean sandbox() {
    return model.startsWith(ModelNames.sandbox().of(ModelRole.JUDGE, ""));
  }
}
