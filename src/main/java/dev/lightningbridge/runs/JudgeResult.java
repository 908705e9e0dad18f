package dev.lightningbridge.runs;

import dev.lightningbridge.grading.calibration.CalibrationReport;
import org.jspecify.annotations.Nullable;

/**
 * How a judge did against people; the JSON document of {@code judge}.
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
    boolean trusted,
    String reason,
    String db,
    String sessionId,
    String session,
    String model,
    long seed,
    int scores,
    CalibrationReport report,
    long calls,
    long tokens,
    double usd,
    long turnedDown,
    String page) {}
