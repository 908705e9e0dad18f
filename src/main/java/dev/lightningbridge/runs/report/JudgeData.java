package dev.lightningbridge.runs.report;

import dev.lightningbridge.grading.calibration.CalibrationReport;
import dev.lightningbridge.model.Spend;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that a judge's report says.
 *
 * @param judgeModel the model that judged, as the endpoint names it
 * @param sandbox whether a simulated model answered
 * @param spend null where the test was a part of a run that tells it
 * @param database the Training Camp database that the people's scores are from
 */
public record JudgeData(
    String database,
    String sessionId,
    String sessionName,
    String judgeModel,
    boolean sandbox,
    CalibrationReport report,
    @Nullable Spend spend,
    long seed,
    Instant at) {}
