package dev.lightningbridge.cli.text;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.optimize.verdict.RolloutCounts;
import dev.lightningbridge.runs.ending.RunResult;
import java.util.ArrayList;
import java.util.List;

/** What became of a run's rollouts, in words: a line each for the search and both sides. */
final class RolloutsText {
  private RolloutsText() {}

  static List<String> of(RunResult result) {
    RolloutCounts all = result.rollouts().all();
    if (all.rollouts() == 0) {
      return List.of();
    }
    if (all.plain()) {
      return List.of(fact("Rollouts", Figures.count(all.rollouts()) + ", all answered and graded"));
    }
    boolean trained = result.model() != null;
    List<String> lines = new ArrayList<>();
    add(lines, "search", result.rollouts().search());
    add(lines, trained ? "base model" : "current prompt", result.rollouts().baseline());
    add(lines, trained ? "trained model" : "new prompt", result.rollouts().winner());
    return lines;
  }

  private static void add(List<String> lines, String what, RolloutCounts counts) {
    if (counts.rollouts() > 0) {
      lines.add(
          fact(
              lines.isEmpty() ? "Rollouts" : "",
              "%s: %s, %s"
                  .formatted(
                      what,
                      Figures.count(counts.rollouts()),
                      counts.plain() ? "all answered and graded" : "of them " + counts.words())));
    }
  }

  private static String fact(String name, String text) {
    return "%-9s %s".formatted(name, text);
  }
}
