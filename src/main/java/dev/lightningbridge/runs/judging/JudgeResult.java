package dev.lightningbridge.runs.judging;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.lightningbridge.grading.calibration.CalibrationReport;
import dev.lightningbridge.grading.calibration.TrustPolicy;
import dev.lightningbridge.runs.CallsSpent;
import org.jspecify.annotations.Nullable;

/**
 * How a judge did against people; the JSON document of {@code judge}, in which the members of its
 * parts stand side by side.
 *
 * @param calibrationId under which it is kept for later runs; null where the budget ran out before
 *     all outputs were judged
 * @param sandbox whether a simulated model judged: then the figures prove the pipeline only
 * @param model the judge's model and where it answers
 * @param scores human scores that the session has, of which some were chosen
 * @param page path of the HTML page
 */
public record JudgeResult(
    @Nullable String calibrationId,
    boolean sandbox,
    @JsonUnwrapped TrustPolicy.Trust trust,
    String db,
    String sessionId,
    String session,
    String model,
    long seed,
    int scores,
    CalibrationReport report,
    @JsonUnwrapped CallsSpent spent,
    String page) {}
