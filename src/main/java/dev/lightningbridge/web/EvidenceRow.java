package dev.lightningbridge.web;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.runs.TaskEvidence;
import dev.lightningbridge.runs.report.Text;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A task of the sealed test, as a proposal's page shows it.
 *
 * @param kind better, worse, equal or excluded
 * @param difference signed; empty where it is excluded
 */
record EvidenceRow(
    String id,
    String source,
    String kind,
    String difference,
    String line,
    @Nullable String input,
    @Nullable String expected,
    @Nullable String tag,
    Side old,
    Side now) {
  private static final int SCALE = 108;

  /**
   * One prompt's result.
   *
   * @param x its place on the scale of the figure
   */
  record Side(String reward, String x, @Nullable String output, @Nullable String failure) {
    static Side of(TaskEvidence.Side side) {
      Double reward = side.reward();
      return new Side(
          reward == null ? "–" : Figures.decimal(reward),
          String.format(Locale.ROOT, "%.1f", 6 + SCALE * (reward == null ? 0 : reward)),
          Text.whole(side.output()),
          Text.whole(side.failure()));
    }
  }

  static List<EvidenceRow> of(List<TaskEvidence> evidence) {
    return evidence.stream().map(EvidenceRow::of).toList();
  }

  private static @Nullable String tag(TaskEvidence task) {
    String tag = task.tag();
    return tag == null ? null : Text.line(tag);
  }

  private static EvidenceRow of(TaskEvidence task) {
    Double difference = task.difference();
    return new EvidenceRow(
        task.taskId(),
        task.source(),
        difference == null
            ? "excluded"
            : difference > 0 ? "better" : difference < 0 ? "worse" : "equal",
        difference == null ? "" : Figures.signed(difference),
        Text.line(task.input()),
        Text.whole(task.input()),
        Text.whole(task.expected()),
        tag(task),
        Side.of(task.baseline()),
        Side.of(task.winner()));
  }
}
