package dev.lightningbridge.cli.text;

import dev.lightningbridge.cli.terminal.Invocation;
import dev.lightningbridge.common.Figures;
import dev.lightningbridge.dataset.split.Inspection;
import dev.lightningbridge.grading.calibration.TrustPolicy;
import dev.lightningbridge.optimize.verdict.Outlook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** What is between a session and a verdict, and the command that comes next for each lineage. */
final class OutlookText {
  /** What is to be said once, below all lineages. */
  static final List<String> FOOTER =
      List.of(
          "URL is your model's endpoint. --dry-run at the end tells calls and price and calls"
              + " nothing;",
          "--sandbox in place of --base-url URL tries all of it with a simulated model.",
          "A file of inputs with their right answers (--tasks FILE, \"expected\") needs no scores:"
              + " a rule grades.");

  static final String CHOICES =
      "Comparisons and locks test a judge where scores are few, one a task, and critics read the"
          + " newest.";

  static final String POOLING =
      "--pool SESSION takes in the inputs and the scores of another session that has the same task.";

  private OutlookText() {}

  /** That other sessions have the same need; no full stop. */
  static String alike(int sessions) {
    return sessions == 1
        ? "Another session has the same need: --pool same-need takes in its inputs and scores"
        : "%d other sessions have the same need: --pool same-need takes in their inputs and scores"
            .formatted(sessions);
  }

  /** What is missing for a verdict, in a sentence or two. */
  static String sentence(Outlook outlook) {
    List<String> parts = new ArrayList<>();
    if (outlook.isOpen()) {
      parts.add(
          "A run can end in PROMOTE: about %d sealed inputs decide, graded by a %s%s."
              .formatted(
                  outlook.sealed(),
                  outlook.byRule()
                      ? "rule, since each has its right answer"
                      : outlook.byChoices()
                          ? "judge that people's choices between outputs test"
                          : "judge",
                  shows(outlook.effect())));
    }
    if (outlook.missingScores() > 0) {
      parts.add(
          ("People have scored %s, and a judge is tested on %d: score %d more first (on the session's"
                  + " page of `serve`, or in Training Camp). Else compare the sealed outputs"
                  + " yourself (--grader people), or let an untested judge decide"
                  + " (--accept-judge); without either the run can only end in HOLD.")
              .formatted(
                  Figures.counted(outlook.scores(), "output"),
                  TrustPolicy.FEWEST_OUTPUTS,
                  outlook.missingScores()));
    }
    if (outlook.missingInputs() > 0) {
      parts.add(
          "%s needed: %s%s."
              .formatted(
                  outlook.missingInputs() == 1
                      ? "1 more distinct input is"
                      : outlook.missingInputs() + " more distinct inputs are",
                  outlook.byRule()
                      ? "give %d with their right answers (--tasks FILE), and a rule grades"
                          .formatted(Outlook.GOOD_INPUTS)
                      : "--synthesize %d has the model write them".formatted(Outlook.GOOD_INPUTS),
                  shows(Outlook.goodEffect())));
    }
    return String.join(" ", parts);
  }

  private static String shows(OptionalDouble effect) {
    return effect.isEmpty()
        ? ""
        : "; so many show a gain in mean reward of %s or more"
            .formatted(Figures.decimal(effect.getAsDouble()));
  }

  /**
   * The command that starts a run, with what it pools, or that looks again where there is no prompt
   * to start from.
   */
  static String command(
      Inspection.LineageView lineage,
      Outlook outlook,
      Path db,
      Invocation called,
      List<String> pool) {
    if (lineage.agentVersions().isEmpty()) {
      return "Run its first cycle in Training Camp, then: "
          + called.line("inspect", "--db", db.toString());
    }
    List<String> words =
        new ArrayList<>(List.of("optimize", "--db", db.toString(), "--lineage", lineage.id()));
    words.addAll(List.of("--base-url", "URL"));
    pool.forEach(asked -> words.addAll(List.of("--pool", asked)));
    if (outlook.missingInputs() > 0) {
      words.addAll(
          outlook.byRule()
              ? List.of("--tasks", "FILE")
              : List.of("--synthesize", Integer.toString(Outlook.GOOD_INPUTS)));
    }
    if (lineage.equipment() != null) {
      words.add("--as-plain-prompt");
    }
    return called.line(words.toArray(String[]::new));
  }
}
