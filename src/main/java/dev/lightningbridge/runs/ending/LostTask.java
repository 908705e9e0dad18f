package dev.lightningbridge.runs.ending;

import dev.lightningbridge.optimize.verdict.PairedRollout;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sealed test task on which the new prompt does worse than the current one, in short: the report
 * has it whole.
 *
 * @param tag null where the task has none; {@code expected} likewise
 * @param difference the winner's reward minus the baseline's, below 0
 */
public record LostTask(
    String id,
    @Nullable String tag,
    double difference,
    double baselineReward,
    double winnerReward,
    String input,
    @Nullable String expected,
    @Nullable String baselineOutput,
    @Nullable String winnerOutput) {
  private static final int MOST = 5;
  private static final int LENGTH = 500;

  /** The worst losses, worst first. */
  static List<LostTask> worst(List<PairedRollout> pairs) {
    return pairs.stream()
        .filter(pair -> pair.difference().orElse(0) < 0)
        .sorted(Comparator.comparingDouble(pair -> pair.difference().orElseThrow()))
        .limit(MOST)
        .map(LostTask::of)
        .toList();
  }

  private static LostTask of(PairedRollout pair) {
    return new LostTask(
        pair.task().id(),
        pair.task().tag(),
        pair.difference().orElseThrow(),
        pair.baseline().reward().orElseThrow(),
        pair.winner().reward().orElseThrow(),
        String.valueOf(cut(pair.task().input())),
        cut(pair.task().expectedText()),
        cut(pair.baseline().output()),
        cut(pair.winner().output()));
  }

  private static @Nullable String cut(@Nullable String text) {
    if (text == null || text.length() <= LENGTH) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LENGTH - 1)) ? LENGTH - 1 : LENGTH;
    return text.substring(0, end) + "…";
  }
}
