package dev.lightningbridge.cli;

import dev.lightningbridge.cli.options.CliError;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.ending.UnifiedDiff;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run made of a prompt.
 *
 * @param start the prompt that it started from; {@code found} the best one that it found, which may
 *     be the same
 */
record RunPrompt(String runId, String start, String found) {
  /**
   * @throws BridgeException where the run has no result yet
   */
  static RunPrompt of(StoredRun run) {
    String json = run.resultJson();
    if (json == null) {
      throw new BridgeException(
          CliError.NO_PROMPT,
          "the run has no prompt yet: it is " + run.state().text().replace('_', ' '),
          run.id(),
          "Wait for its end, or go on with it by `runs resume`.");
    }
    return new RunPrompt(run.id(), run.baselinePrompt(), Json.read(json, RunResult.class).prompt());
  }

  /** The prompt alone, as the result. */
  void show(Console console, boolean json) {
    if (json) {
      Map<String, String> document = new LinkedHashMap<>();
      document.put("runId", runId);
      document.put("prompt", found);
      console.json(document);
    } else {
      console.line(found);
    }
  }

  List<String> diff() {
    return UnifiedDiff.of("start of the run", start, "best of the run", found);
  }
}
