package dev.lightningbridge.api;

import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.runs.judging.JudgeRequest;
import dev.lightningbridge.runs.judging.JudgeResult;
import java.nio.file.Path;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A judge that is, or was, compared with people's scores.
 *
 * @param state running, done, failed or cancelled
 * @param judged outputs that it has scored, of {@code planned}; 0 until that is known
 * @param result null until it is done
 * @param error why it failed
 */
public record JudgeReport(
    String id,
    @Schema(examples = "running") String state,
    Path database,
    @Nullable String sessionId,
    @Nullable String lineageId,
    Instant startedAt,
    int judged,
    int planned,
    @Nullable JudgeResult result,
    @Nullable String error) {

  static JudgeReport begun(String id, JudgeRequest request, Instant now) {
    return new JudgeReport(
        id,
        "running",
        request.camp(),
        request.sessionId(),
        request.lineageId(),
        now,
        0,
        0,
        null,
        null);
  }

  /** The report when this has happened. */
  JudgeReport after(RunEvent event) {
    return switch (event) {
      case RunEvent.PhaseStarted phase ->
          with(state, judged, phase.plannedRollouts(), result, error);
      case RunEvent.OutputJudged one ->
          with(state, judged + 1, Math.max(planned, judged + 1), result, error);
      default -> this;
    };
  }

  JudgeReport ended(String how, @Nullable JudgeResult found, @Nullable String why) {
    return with(how, judged, planned, found, why);
  }

  private JudgeReport with(
      String newState,
      int newJudged,
      int newPlanned,
      @Nullable JudgeResult newResult,
      @Nullable String newError) {
    return new JudgeReport(
        id,
        newState,
        database,
        sessionId,
        lineageId,
        startedAt,
        newJudged,
        newPlanned,
        newResult,
        newError);
  }
}
