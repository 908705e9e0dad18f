package dev.lightningbridge.cli.text;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.optimize.verdict.TaskGroup;
import dev.lightningbridge.runs.ending.LostTask;
import dev.lightningbridge.runs.ending.RunResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tasks that got worse, in words: the groups by tag and the worst few with both outputs. */
final class LostTasksText {
  private static final int SHOWN = 3;
  private static final int LINE = 100;

  private LostTasksText() {}

  static List<String> of(RunResult result) {
    List<String> lines = new ArrayList<>();
    if (result.groups().stream().anyMatch(group -> group.tag() != null)) {
      result.groups().forEach(group -> lines.add(group(group)));
    }
    result.losses().stream().limit(SHOWN).forEach(loss -> lines.addAll(loss(loss)));
    return lines;
  }

  private static String group(TaskGroup group) {
    return "%-9s %s: %s → %s on %d tasks%s"
        .formatted(
            "Group",
            group.tag() == null ? "no tag" : line(group.tag()),
            Figures.decimal(group.baselineMean()),
            Figures.decimal(group.winnerMean()),
            group.n(),
            switch (group.finding()) {
              case LOSS -> ", a loss (p %s)".formatted(Figures.p(group.pWorse()));
              case NO_LOSS_SHOWN -> "";
              case TOO_SMALL -> ", too few to show a loss";
            });
  }

  private static List<String> loss(LostTask loss) {
    return List.of(
        "%-9s %s: %s → %s  %s"
            .formatted(
                "Worse",
                line(loss.id()),
                Figures.decimal(loss.baselineReward()),
                Figures.decimal(loss.winnerReward()),
                line(loss.input())),
        "          current: " + line(loss.baselineOutput()),
        "          new:     " + line(loss.winnerOutput()));
  }

  /** A text from outside on one line, without what a terminal would take for orders. */
  private static String line(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return "(nothing)";
    }
    String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
    return line.codePointCount(0, line.length()) <= LINE
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LINE)) + "…";
  }
}
