package dev.lightningbridge.cli.text;

import dev.lightningbridge.cli.terminal.Invocation;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.ending.RunResult;
import java.util.ArrayList;
import java.util.List;

/** The prompt that a run found to be better, in full. */
public final class NewPromptText {
  private NewPromptText() {}

  /** Empty where the verdict is HOLD or the prompt was not what changed. */
  public static List<String> of(RunResult result, Invocation called) {
    List<String> lines = of(result);
    if (!lines.isEmpty()) {
      lines.add("          By itself: " + called.line("runs", "show", result.runId(), "--prompt"));
    }
    return lines;
  }

  /** Of a run that has ended. */
  public static List<String> of(StoredRun run) {
    String json = run.resultJson();
    return json == null ? List.of() : of(Json.read(json, RunResult.class));
  }

  private static List<String> of(RunResult result) {
    List<String> lines = new ArrayList<>();
    if (result.verdict() == Verdict.Decision.PROMOTE && !result.diff().isEmpty()) {
      lines.add("Prompt    the new one, in full:");
      lines.add("");
      result.prompt().lines().forEach(lines::add);
      lines.add("");
    }
    return lines;
  }
}
