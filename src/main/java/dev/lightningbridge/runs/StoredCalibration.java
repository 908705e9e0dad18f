package dev.lightningbridge.runs;

import dev.lightningbridge.grading.calibration.CalibrationReport;

/**
 * A judge's calibration as bridge.db holds it.
 *
 * @param model the judge's model, told apart from every other one
 * @param fingerprint of all that it depends on: {@link JudgeMaterial#fingerprint}
 * @param seed with which its outputs were chosen, and {@code outputs} how many at most
 * @param createdAt milliseconds since the epoch
 */
record StoredCalibration(
    String id,
    String campPath,
    String sessionId,
    String model,
    String fingerprint,
    long seed,
    int outputs,
    CalibrationReport report,
    long createdAt) {}
