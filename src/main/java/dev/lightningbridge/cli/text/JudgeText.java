package dev.lightningbridge.cli.text;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.grading.calibration.Agreement;
import dev.lightningbridge.grading.calibration.Agreement.Estimate;
import dev.lightningbridge.grading.calibration.CalibrationReport;
import dev.lightningbridge.grading.calibration.Persuasion;
import dev.lightningbridge.runs.judging.JudgeResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A judge's calibration in words. */
public final class JudgeText {
  private JudgeText() {}

  public static List<String> of(JudgeResult result) {
    CalibrationReport report = result.report();
    List<String> lines = new ArrayList<>();
    lines.add((result.trust().trusted() ? "TRUSTED: " : "NOT TRUSTED: ") + result.trust().reason());
    if (result.sandbox()) {
      lines.add("  Sandbox: the judge was simulated; the figures prove the pipeline, not a judge.");
    }
    if (!report.complete()) {
      lines.add(
          "  The budget ran out before all outputs were judged, so this is not kept for runs.");
    }
    lines.add("");
    lines.add("%-10s %s".formatted("Session", result.sessionId() + "  " + result.session()));
    lines.add("%-10s %s".formatted("Judge", result.model()));
    lines.add(
        "%-10s %d tested of %d; %d others shown to the judge; %d without a readable score"
            .formatted(
                "Scores", report.n(), result.scores(), report.shown().size(), report.failures()));
    agreement(report, lines);
    bands(report, lines);
    lineages(report, lines);
    habits(report, lines);
    pleas(report.persuasion(), lines);
    lines.add("");
    lines.add("%-10s %s".formatted("Spent", ResultText.spent(result.spent())));
    lines.add("%-10s %s".formatted("Page", result.page()));
    return lines;
  }

  private static void agreement(CalibrationReport report, List<String> lines) {
    lines.add("");
    lines.add(
        "%-22s %5s  %-24s %-24s %s"
            .formatted(
                "with 95 % intervals", "n", "weighted kappa", "Spearman's rho", "mean abs. error"));
    lines.add(row("judge", report.judge()));
    CalibrationReport.Correction correction = report.correction();
    if (correction != null) {
      lines.add(row("judge, corrected", correction.corrected()));
    }
    lines.add(row("always the mean", report.alwaysTheMean()));
    lines.add(row("length of the text", report.lengthOfText()));
  }

  private static String row(String name, Agreement agreement) {
    return "%-22s %5d  %-24s %-24s %s"
        .formatted(
            name,
            agreement.n(),
            figure(agreement.kappa()),
            figure(agreement.rho()),
            figure(agreement.mae()));
  }

  private static void bands(CalibrationReport report, List<String> lines) {
    lines.add("");
    lines.add("%-22s %5s  %8s %8s  %s".formatted("people's score", "n", "people", "judge", "bias"));
    for (CalibrationReport.Band band : report.bands()) {
      lines.add(
          "%-22s %5d  %8s %8s  %s%s"
              .formatted(
                  "%d to %d".formatted(band.from(), band.to()),
                  band.n(),
                  Figures.decimal(band.people()),
                  Figures.decimal(band.judge()),
                  Figures.signed(band.bias()),
                  band.ci() == null
                      ? ""
                      : " (%s to %s)"
                          .formatted(
                              Figures.signed(band.ci().low()), Figures.signed(band.ci().high()))));
    }
  }

  private static void lineages(CalibrationReport report, List<String> lines) {
    lines.add("");
    lines.add(
        "%-22s %5s  %8s %8s  %s".formatted("lineage", "n", "kappa", "rho", "mean abs. error"));
    for (CalibrationReport.Lineage lineage : report.lineages()) {
      lines.add(
          "%-22s %5d  %8s %8s  %s"
              .formatted(
                  lineage.lineage(),
                  lineage.n(),
                  Figures.decimal(lineage.kappa()),
                  Figures.decimal(lineage.rho()),
                  Figures.decimal(lineage.mae())));
    }
  }

  private static void habits(CalibrationReport report, List<String> lines) {
    lines.add("");
    if (report.pairsInOrder() != null) {
      lines.add(
          "Puts %s of %s pairs of a lineage in people's order; chance is 50 %%."
              .formatted(Figures.share(report.pairsInOrder()), Figures.count(report.pairs())));
    }
    if (report.choices() != null) {
      lines.add("Choices by people: " + report.choices().inWords() + ".");
    }
    lines.add(
        "Rank correlation with the output's length: judge %s, people %s."
            .formatted(
                Figures.decimal(report.length().judge()),
                Figures.decimal(report.length().people())));
    CalibrationReport.@Nullable Repeatability again = report.repeatability();
    if (again != null) {
      lines.add(
          "Judged twice, %s of %d outputs got the same score; mean difference %s points."
              .formatted(
                  Figures.share(again.same()), again.n(), Figures.decimal(again.difference())));
    }
  }

  private static void pleas(@Nullable Persuasion persuasion, List<String> lines) {
    if (persuasion == null) {
      return;
    }
    lines.add("");
    lines.add(
        "%d outputs that people scored low, judged again with a sentence that asks for a high score:"
            .formatted(persuasion.n()));
    lines.add("%-42s %5s  %9s %9s".formatted("asked by", "n", "mean rise", "worst"));
    for (Persuasion.Kind kind : persuasion.kinds()) {
      lines.add(
          "%-42s %5d  %9s %9s"
              .formatted(
                  kind.kind().label(),
                  kind.n(),
                  Figures.signed(kind.mean()),
                  Figures.signed(kind.worst())));
    }
    lines.add("%-42s %5d  %9s".formatted("all", persuasion.n(), Figures.signed(persuasion.mean())));
  }

  private static String figure(Estimate estimate) {
    return "%s (%s to %s)"
        .formatted(
            Figures.decimal(estimate.value()),
            Figures.decimal(estimate.interval().low()),
            Figures.decimal(estimate.interval().high()));
  }
}
