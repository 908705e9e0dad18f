package dev.lightningbridge.capture.recording;

import dev.lightningbridge.camp.writing.CaptureReader;
import dev.lightningbridge.corpus.GivenScore;
import dev.lightningbridge.imports.OtlpLog;
import dev.lightningbridge.imports.OtlpSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A score that a span or a log tells of.
 *
 * @param attemptId of the call that is meant; null where none is named
 * @param ofTrace whether the last call of the trace is meant, unless that one is there
 * @param score 1 to 10
 */
public record ToldScore(
    String traceId,
    @Nullable String attemptId,
    boolean ofTrace,
    int score,
    @Nullable String comment) {
  /** The scores that logs give; those that are none are counted. */
  public static List<ToldScore> in(CapturedAgent agent, List<OtlpLog> logs, CaptureTally tally) {
    List<ToldScore> scores = new ArrayList<>();
    for (OtlpLog log : logs) {
      OtlpSpan.Given given = log.score();
      if (given != null) {
        String attempt = ToldCall.attemptId(agent, log.traceId() + "/" + log.spanId());
        of(agent, log.traceId(), attempt, true, given)
            .ifPresentOrElse(scores::add, () -> tally.count(Unrecorded.SCORE_UNUSABLE));
      }
    }
    return List.copyOf(scores);
  }

  /** The score of a reward from 0 to 1; empty for any other value. */
  static Optional<ToldScore> of(
      CapturedAgent agent,
      String traceId,
      @Nullable String attemptId,
      boolean ofTrace,
      OtlpSpan.Given given) {
    OptionalDouble reward =
        given.value().isNumber()
            ? OptionalDouble.of(given.value().doubleValue())
            : number(given.value().asText(""));
    String comment = given.comment();
    return reward.stream()
        .filter(r -> r >= 0 && r <= 1)
        .boxed()
        .findFirst()
        .map(
            r ->
                new ToldScore(
                    traceId,
                    attemptId,
                    ofTrace,
                    scoreOf(r),
                    comment == null ? null : agent.masks().masked(comment)));
  }

  /** The artifact of the call that is meant; empty where that is not recorded. */
  public Optional<String> artifact(CaptureReader reader) {
    Optional<String> own = attemptId == null ? Optional.empty() : reader.ofAttempt(attemptId);
    return ofTrace ? own.or(() -> reader.ofTrace(traceId)) : own;
  }

  private static int scoreOf(double reward) {
    return (int) Math.round(GivenScore.LEAST + reward * (GivenScore.MOST - GivenScore.LEAST));
  }

  private static OptionalDouble number(String text) {
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
