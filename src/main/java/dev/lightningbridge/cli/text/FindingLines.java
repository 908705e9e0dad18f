package dev.lightningbridge.cli.text;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.findings.Finding;
import dev.lightningbridge.findings.FindingText;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.ending.RunResult;
import java.util.ArrayList;
import java.util.List;

/** A winner's findings on the terminal. */
public final class FindingLines {
  private FindingLines() {}

  /** A heading and two or three lines each; nothing where there are none. */
  public static List<String> of(RunResult result) {
    List<Finding> findings = result.findings();
    List<String> lines = new ArrayList<>();
    if (!findings.isEmpty()) {
      lines.add(
          "LOOK AT %s FIRST: %s"
              .formatted(
                  findings.size() == 1
                      ? "THIS FINDING"
                      : "THESE %d FINDINGS".formatted(findings.size()),
                  result.verdict() == Verdict.Decision.PROMOTE
                      ? "the winner is promoted only where each is accepted."
                      : "the best candidate, which is held, has what an honest improvement seldom"
                          + " needs."));
      for (Finding finding : findings) {
        lines.add("  " + FindingText.line(finding));
        lines.add(
            "           %s %s %d to %d."
                .formatted(
                    finding.why(),
                    finding.where().in() == Finding.Place.In.PROMPT
                        ? "In the prompt, characters"
                        : "In an output, characters",
                    finding.where().start(),
                    finding.where().end()));
        String said = FindingText.said(finding);
        if (said != null) {
          lines.add("           The row says: “%s”".formatted(said));
        }
      }
      lines.add("");
    }
    return lines;
  }

  /** Those that a run ended with. */
  public static List<String> of(StoredRun run) {
    String result = run.resultJson();
    return result == null ? List.of() : of(Json.read(result, RunResult.class));
  }
}
