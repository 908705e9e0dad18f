package dev.lightningbridge.cli.text;

import dev.lightningbridge.cli.terminal.Invocation;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.ending.RunResult;
import java.util.ArrayList;
import java.util.List;

/** What a prompt that was held would have changed: its author may take from it what is good. */
final class HeldPromptText {
  private static final int LINES_SHOWN = 40;

  private HeldPromptText() {}

  /** Empty where the verdict is PROMOTE, or the search found nothing that is better. */
  static List<String> of(RunResult result, Invocation called) {
    List<String> diff = result.diff();
    if (result.verdict() != Verdict.Decision.HOLD || diff.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("Held      what the best candidate changes in the prompt:");
    diff.stream().skip(2).limit(LINES_SHOWN).forEach(line -> lines.add("          " + shown(line)));
    int more = diff.size() - 2 - LINES_SHOWN;
    if (more > 0) {
      lines.add("          … %d more lines".formatted(more));
    }
    lines.add("          All of it: " + called.line("runs", "show", result.runId(), "--prompt"));
    return lines;
  }

  /** A model wrote it: without what a terminal would take for orders. */
  private static String shown(String line) {
    return line.replaceAll("[\\p{Cntrl}\\p{Cf}&&[^\\t]]", "�");
  }
}
