package dev.lightningbridge.runs.report;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.grading.calibration.Agreement;
import dev.lightningbridge.grading.calibration.Agreement.Estimate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run's judge in three figures. */
public record JudgeTiles(List<Tile> tiles) {
  public record Tile(String name, String value, String note) {}

  static @Nullable JudgeTiles of(ReportData.@Nullable Judge judge) {
    Agreement agreement = judge == null ? null : judge.agreement();
    return agreement == null
        ? null
        : new JudgeTiles(
            List.of(
                tile("Weighted kappa", agreement.kappa(), "needed: 0.40 at its lower end"),
                tile("Spearman’s rho", agreement.rho(), "1 is the same order"),
                tile(
                    "Mean absolute error",
                    agreement.mae(),
                    "points, on %d human scores".formatted(agreement.n()))));
  }

  private static Tile tile(String name, Estimate estimate, String note) {
    return new Tile(
        name,
        Figures.decimal(estimate.value()),
        "95 %% interval %s to %s; %s"
            .formatted(
                Figures.decimal(estimate.interval().low()),
                Figures.decimal(estimate.interval().high()),
                note));
  }
}
