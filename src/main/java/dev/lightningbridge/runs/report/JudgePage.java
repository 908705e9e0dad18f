package dev.lightningbridge.runs.report;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.common.Interval;
import dev.lightningbridge.grading.calibration.Agreement;
import dev.lightningbridge.grading.calibration.Agreement.Estimate;
import dev.lightningbridge.grading.calibration.CalibrationReport;
import dev.lightningbridge.grading.calibration.CalibrationReport.Judged;
import dev.lightningbridge.grading.calibration.CalibrationReport.Repeatability;
import dev.lightningbridge.grading.calibration.Persuasion;
import dev.lightningbridge.model.Spend;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the judge's template shows, in the words and numbers it shows it in. */
public record JudgePage(
    List<Measure> measures,
    ScatterChart chart,
    List<LineageRow> lineages,
    List<BandRow> bands,
    @Nullable String repeated,
    @Nullable String inOrder,
    String lengthPeople,
    String lengthJudge,
    @Nullable Pleas pleas,
    List<Disagreement> worst,
    String at,
    @Nullable String spent) {

  /** A line of the table of agreement: the judge, the corrected judge and the baselines. */
  public record Measure(String name, boolean judge, Figure kappa, Figure rho, Figure mae) {}

  /** A figure with its interval. */
  public record Figure(String value, String interval) {}

  public record LineageRow(String lineage, int n, String kappa, String rho, String mae) {}

  public record BandRow(
      String band, int n, String people, String judge, String bias, String interval) {}

  /** What sentences that ask for a high score did; all figures in points. */
  public record Pleas(int n, int failures, String mean, List<PleaRow> kinds) {
    static @Nullable Pleas of(@Nullable Persuasion persuasion) {
      return persuasion == null
          ? null
          : new Pleas(
              persuasion.n(),
              persuasion.failures(),
              Figures.signed(persuasion.mean()),
              persuasion.kinds().stream().map(PleaRow::of).toList());
    }
  }

  /**
   * One kind of such a sentence.
   *
   * @param plea the one that moved the judge most
   */
  public record PleaRow(String kind, int n, String mean, String worst, String plea) {
    static PleaRow of(Persuasion.Kind kind) {
      return new PleaRow(
          kind.kind().label(),
          kind.n(),
          Figures.signed(kind.mean()),
          Figures.signed(kind.worst()),
          Text.line(kind.plea()));
    }
  }

  /** An output that people and judge see differently. */
  public record Disagreement(
      String id,
      String lineage,
      int people,
      int judge,
      String line,
      @Nullable String input,
      @Nullable String output,
      @Nullable String comment,
      @Nullable String reason) {}

  public static JudgePage of(JudgeData data) {
    CalibrationReport report = data.report();
    return new JudgePage(
        measures(report),
        ScatterChart.of(report),
        report.lineages().stream()
            .map(
                l ->
                    new LineageRow(
                        l.lineage(),
                        l.n(),
                        Figures.decimal(l.kappa()),
                        Figures.decimal(l.rho()),
                        Figures.decimal(l.mae())))
            .toList(),
        report.bands().stream().map(JudgePage::row).toList(),
        repeated(report.repeatability()),
        report.pairsInOrder() == null ? null : Figures.share(report.pairsInOrder()),
        Figures.decimal(report.length().people()),
        Figures.decimal(report.length().judge()),
        Pleas.of(report.persuasion()),
        report.worst().stream().map(JudgePage::disagreement).toList(),
        Text.utc(data.at()),
        spent(data.spend()));
  }

  private static List<Measure> measures(CalibrationReport report) {
    List<Measure> measures = new ArrayList<>();
    measures.add(measure("The judge", true, report.judge()));
    if (report.correction() != null) {
      measures.add(measure("The judge, corrected", true, report.correction().corrected()));
    }
    measures.add(measure("Always the mean", false, report.alwaysTheMean()));
    measures.add(measure("Length of the text", false, report.lengthOfText()));
    return measures;
  }

  private static Measure measure(String name, boolean judge, Agreement agreement) {
    return new Measure(
        name, judge, figure(agreement.kappa()), figure(agreement.rho()), figure(agreement.mae()));
  }

  private static Figure figure(Estimate estimate) {
    Interval interval = estimate.interval();
    return new Figure(
        Figures.decimal(estimate.value()),
        "%s to %s".formatted(Figures.decimal(interval.low()), Figures.decimal(interval.high())));
  }

  private static BandRow row(CalibrationReport.Band band) {
    Interval ci = band.ci();
    return new BandRow(
        "%d to %d".formatted(band.from(), band.to()),
        band.n(),
        Figures.decimal(band.people()),
        Figures.decimal(band.judge()),
        Figures.signed(band.bias()),
        ci == null
            ? "–"
            : "%s to %s".formatted(Figures.signed(ci.low()), Figures.signed(ci.high())));
  }

  private static @Nullable String spent(@Nullable Spend spend) {
    return spend == null ? null : Figures.spent(spend.calls(), spend.tokens(), spend.usd());
  }

  private static @Nullable String repeated(@Nullable Repeatability repeatability) {
    return repeatability == null
        ? null
        : "Of %d outputs judged twice, %s got the same score; the mean difference was %s points."
            .formatted(
                repeatability.n(),
                Figures.share(repeatability.same()),
                Figures.decimal(repeatability.difference()));
  }

  private static Disagreement disagreement(Judged judged) {
    var output = judged.output();
    return new Disagreement(
        output.id(),
        output.lineage(),
        output.score(),
        judged.score(),
        Text.line(output.output()),
        Text.whole(output.input()),
        Text.whole(output.output()),
        output.comment(),
        Text.whole(judged.reason()));
  }
}
