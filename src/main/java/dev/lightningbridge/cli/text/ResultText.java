package dev.lightningbridge.cli.text;

import dev.lightningbridge.cli.terminal.Invocation;
import dev.lightningbridge.common.Figures;
import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.findings.FindingText;
import dev.lightningbridge.grading.calibration.Agreement;
import dev.lightningbridge.optimize.verdict.PeopleWords;
import dev.lightningbridge.optimize.verdict.TestResult;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.CallsSpent;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.ending.RunParts;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.judging.JudgeFigures;
import dev.lightningbridge.runs.training.TrainingCourse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run's result in words. */
public final class ResultText {
  private static final int SKIPPED_SHOWN = 5;

  private ResultText() {}

  public static List<String> of(RunResult result, Invocation called) {
    List<String> lines = new ArrayList<>(FindingLines.of(result));
    lines.add(result.verdict() + ": " + result.reason());
    result.remarks().forEach(remark -> lines.add("  " + remark));
    if (result.sandbox()) {
      lines.add(
          result.model() == null
              ? "  Sandbox: every answer was simulated; the figures prove the pipeline, not a"
                  + " prompt."
              : "  Sandbox: the judge was simulated; the figures prove the pipeline, not a model.");
    }
    lines.add("");
    lines.add(
        fact(
            "Agent",
            "lineage %s, version %d (%s)"
                .formatted(
                    result.baseline().label(),
                    result.baseline().version(),
                    result.baseline().agentVersionId())));
    lines.add(fact("Engine", result.engine() + ", grader " + result.grader()));
    lines.add(
        fact(
            "Tasks",
            "%d train, %d validation, %d sealed test"
                .formatted(
                    result.tasks().train(), result.tasks().validation(), result.tasks().test())));
    if (result.model() != null) {
      lines.add(fact("Model", model(result.model())));
    }
    if (result.judge() != null) {
      lines.add(fact("Judge", judge(result.judge())));
    }
    TestResult test = result.test();
    if (test != null) {
      lines.add(
          fact(
              "Test",
              "%s %s → %s on %s tasks (p %s)"
                  .formatted(
                      result.model() == null ? "mean reward" : "mean reward, base → trained model,",
                      Figures.decimal(test.baselineMean()),
                      Figures.decimal(test.winnerMean()),
                      of(test.n(), result.tasks().test()),
                      Figures.p(test.p(), test.level()))));
    }
    lines.addAll(RolloutsText.of(result));
    lines.addAll(LostTasksText.of(result));
    lines.addAll(HeldPromptText.of(result, called));
    lines.addAll(NewPromptText.of(result, called));
    lines.add(fact("Spent", spent(result.spent())));
    skipped(result.skipped(), lines);
    lines.add(fact("Run", result.runId()));
    if (result.report() != null) {
      lines.add(fact("Report", result.report()));
    }
    if (result.state() == RunState.CANCELLED) {
      lines.add(fact("Next", called.line("runs", "resume", result.runId())));
    } else if (result.promotionId() != null) {
      lines.add(fact("Promoted", "undo it with: " + called.line("rollback", result.promotionId())));
    } else if (result.verdict() == Verdict.Decision.PROMOTE) {
      lines.add(
          fact(
              "Next",
              called.line("promote", String.valueOf(result.proposalId()))
                  + FindingText.acceptance(result.findings())));
    } else if (isForPeople(result)) {
      lines.add(
          fact(
              "Next",
              "compare the outputs yourself, blind: "
                  + called.line("serve", "--databases", "FOLDER")
                  + ", page /runs/"
                  + result.runId()));
    }
    return lines;
  }

  /** Whether people may decide what the run's own grader could not. */
  private static boolean isForPeople(RunResult result) {
    JudgeFigures judge = result.judge();
    return result.test() != null
        && (result.reason().startsWith(PeopleWords.WAITING)
            || (judge != null && !judge.trusted() && !judge.accepted()));
  }

  private static String of(int compared, int sealed) {
    return compared == sealed ? Integer.toString(sealed) : compared + " of " + sealed;
  }

  /** What was spent, in words; those that were turned down cost nothing. */
  public static String spent(CallsSpent spent) {
    return "%s, %s%s, %s"
        .formatted(
            Figures.counted(spent.calls(), "call"),
            spent.turnedDown() == 0 ? "" : Figures.count(spent.turnedDown()) + " turned down, ",
            Figures.counted(spent.tokens(), "token"),
            usd(spent));
  }

  /** The endpoint may have stated prices of some calls of a model whose price is not known. */
  private static String usd(CallsSpent spent) {
    boolean known = spent.priceKnown() == null || spent.priceKnown();
    String usd = Figures.usd(spent.usd()) + " USD";
    return known ? usd : spent.usd() == 0 ? "no price known" : usd + " as far as it was stated";
  }

  private static String model(RunParts.Model model) {
    return "%s, from %s%s"
        .formatted(
            model.name(),
            model.base(),
            TrainingCourse.of(model.metrics())
                .map(
                    course ->
                        String.format(
                            Locale.ROOT,
                            "; %s %.3f → %.3f",
                            course.measure(),
                            course.first(),
                            course.last()))
                .orElse(""));
  }

  private static String judge(JudgeFigures judge) {
    String trust = judge.trusted() ? "trusted" : judge.accepted() ? "accepted" : "not trusted";
    Agreement agreement = judge.agreement();
    return agreement == null
        ? trust + "; not tested"
        : "%s; kappa %s (%s to %s), rho %s, mean error %s points with %d human scores%s%s"
            .formatted(
                trust,
                Figures.decimal(agreement.kappa().value()),
                Figures.decimal(agreement.kappa().interval().low()),
                Figures.decimal(agreement.kappa().interval().high()),
                Figures.decimal(agreement.rho().value()),
                Figures.decimal(agreement.mae().value()),
                agreement.n(),
                judge.corrected() ? ", corrected" : "",
                judge.stored() ? ", tested before" : "");
  }

  private static void skipped(List<Skipped> skipped, List<String> lines) {
    if (skipped.isEmpty()) {
      return;
    }
    lines.add(
        fact(
            "Skipped",
            skipped.size()
                + " bad rows"
                + (skipped.size() > SKIPPED_SHOWN ? "; --json lists them all" : "")));
    skipped.stream()
        .limit(SKIPPED_SHOWN)
        .forEach(s -> lines.add("          %s  %s  %s".formatted(s.code(), s.id(), s.why())));
  }

  private static String fact(String name, String text) {
    return "%-9s %s".formatted(name, text);
  }
}
