package dev.lightningbridge.runs.report;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.optimize.verdict.PairedRollout;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A task of the sealed test, with what both prompts made of it.
 *
 * @param kind better, worse, equal or excluded
 * @param difference signed; empty where it is excluded
 */
record TaskRow(
    String id,
    boolean synthetic,
    @Nullable String tag,
    String kind,
    String difference,
    String line,
    @Nullable String input,
    @Nullable String expected,
    Side old,
    Side now) {

  private static final int SCALE = 108;

  /**
   * One prompt's result.
   *
   * @param reward in words; {@code x} its place on the scale of the figure
   * @param words the grader's feedback, or why there is no output
   */
  record Side(String reward, String x, @Nullable String output, String words) {}

  /** The rows, the worst losses first and the tasks without a comparison last. */
  static List<TaskRow> of(List<PairedRollout> pairs) {
    return pairs.stream()
        .sorted(Comparator.comparingDouble(pair -> pair.difference().orElse(2)))
        .map(TaskRow::of)
        .toList();
  }

  private static TaskRow of(PairedRollout pair) {
    double difference = pair.difference().orElse(0);
    return new TaskRow(
        pair.task().id(),
        pair.task().source() == TaskSource.SYNTHETIC,
        pair.task().tag() == null ? null : Text.line(pair.task().tag()),
        !pair.comparable()
            ? "excluded"
            : difference > 0 ? "better" : difference < 0 ? "worse" : "equal",
        pair.comparable() ? Figures.signed(difference) : "",
        Text.line(pair.task().input()),
        Text.whole(pair.task().input()),
        Text.whole(pair.task().expectedText()),
        side(pair.baseline()),
        side(pair.winner()));
  }

  private static Side side(Rollout rollout) {
    String words =
        switch (rollout.outcome()) {
          case Outcome.Rewarded r -> r.feedback();
          case Outcome.AgentFailed f -> "The agent failed: " + f.failure().cause();
          case Outcome.InfrastructureFailed f -> "No result: " + f.failure().cause();
        };
    var reward = rollout.reward();
    return new Side(
        reward.isPresent() ? Figures.decimal(reward.getAsDouble()) : "–",
        String.format(Locale.ROOT, "%.1f", 6 + SCALE * reward.orElse(0)),
        Text.whole(rollout.output()),
        String.valueOf(Text.whole(words)));
  }
}
