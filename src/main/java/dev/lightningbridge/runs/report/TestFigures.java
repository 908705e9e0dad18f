package dev.lightningbridge.runs.report;

import dev.lightningbridge.optimize.TestResult;
import org.jspecify.annotations.Nullable;

/**
 * The sealed test's result in words.
 *
 * @param p with its sign of comparison
 */
public record TestFigures(
    String baseline,
    String winner,
    String difference,
    String low,
    String high,
    String p,
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
            Text.reward(test.baselineMean()),
            Text.reward(test.winnerMean()),
            Text.signed(test.difference()),
            Text.signed(test.ci().low()),
            Text.signed(test.ci().high()),
            (test.p() < 0.001 ? "" : "= ") + Text.p(test.p()),
            test.n(),
            test.better(),
            test.n() - test.better() - test.worse(),
            test.worse(),
            test.excluded());
  }
}
