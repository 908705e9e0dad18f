package dev.lightningbridge.capture.recording;

import dev.lightningbridge.corpus.GivenScore;
import dev.lightningbridge.imports.OtlpSpan;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A score that a span tells of.
 *
 * @param attemptId of the call whose span says it; null where the last call of the trace is meant
 * @param score 1 to 10
 */
public record ToldScore(
    String traceId, @Nullable String attemptId, int score, @Nullable String comment) {
  /** The score of a reward from 0 to 1; null for any other value. */
  static @Nullable Integer score(OtlpSpan.Given given) {
    OptionalDouble reward =
        given.value().isNumber()
            ? OptionalDouble.of(given.value().doubleValue())
            : number(given.value().asText(""));
    return reward.stream()
        .filter(r -> r >= 0 && r <= 1)
        .boxed()
        .findFirst()
        .map(ToldScore::of)
        .orElse(null);
  }

  private static int of(double reward) {
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
