package dev.lightningbridge.runs.report;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.optimize.verdict.TestResult;
import org.jspecify.annotations.Nullable;

/**
 * The sealed test's result in words.
 *
 * @param confidence of the interval from low to high, in per cent
 * @param p with its sign of comparison
 * @param level that p must not be above
 */
public record TestFigures(
    String baseline,
    String winner,
    String difference,
    String confidence,
    String low,
    String high,
    String p,
    String level,
    int tasks,
    int better,
    int equal,
    int worse,
    int excluded) {

  /** Null where nothing was measured. */
  public static @Nullable TestFigures of(@Nullable TestResult test) {
    return test == null
        ? null
        : new TestFigures(
            Figures.decimal(test.baselineMean()),
            Figures.decimal(test.winnerMean()),
            Figures.signed(test.difference()),
            Figures.percent(test.confidence()),
            Figures.signed(test.ci().low()),
            Figures.signed(test.ci().high()),
            Figures.p(test.p(), test.level()),
            Figures.level(test.level()),
            test.n(),
            test.better(),
            test.n() - test.better() - test.worse(),
            test.worse(),
            test.excluded());
  }
}
