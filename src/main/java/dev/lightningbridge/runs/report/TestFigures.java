package dev.lightningbridge.runs.report;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.optimize.verdict.TestResult;
import org.jspecify.annotations.Nullable;

/**
 * The sealed test's result in words.
 *
 * @param interval of the difference
 * @param p with its sign of comparison
 * @param level that p must not be above
 * @param effect a picture of the difference with its interval
 */
public record TestFigures(
    String baseline,
    String winner,
    String difference,
    ConfidenceInterval interval,
    String p,
    String level,
    int tasks,
    int better,
    int equal,
    int worse,
    int excluded,
    EffectFigure effect) {

  /**
   * From low to high.
   *
   * @param confidence in per cent
   */
  public record ConfidenceInterval(String confidence, String low, String high) {
    private static ConfidenceInterval of(TestResult test) {
      return new ConfidenceInterval(
          Figures.percent(test.confidence()),
          Figures.signed(test.ci().low()),
          Figures.signed(test.ci().high()));
    }
  }

  /** Null where nothing was measured. */
  public static @Nullable TestFigures of(@Nullable TestResult test) {
    return test == null
        ? null
        : new TestFigures(
            Figures.decimal(test.baselineMean()),
            Figures.decimal(test.winnerMean()),
            Figures.signed(test.difference()),
            ConfidenceInterval.of(test),
            Figures.p(test.p(), test.level()),
            Figures.level(test.level()),
            test.n(),
            test.better(),
            test.n() - test.better() - test.worse(),
            test.worse(),
            test.excluded(),
            EffectFigure.of(test));
  }
}
