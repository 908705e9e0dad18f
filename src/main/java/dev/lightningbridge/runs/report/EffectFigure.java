package dev.lightningbridge.runs.report;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.optimize.verdict.TestResult;
import java.util.List;
import java.util.Locale;

/** Where the marks of the mean difference and its interval stand, beside no difference. */
public record EffectFigure(
    String zero, String low, String width, String point, List<RoundChart.Tick> ticks, String text) {
  static final int WIDTH = 720;
  private static final int LEFT = 40;
  private static final double[] RANGES = {0.1, 0.2, 0.3, 0.5, 1.0};

  static EffectFigure of(TestResult test) {
    double widest = Math.max(Math.abs(test.ci().low()), Math.abs(test.ci().high()));
    double range = 1;
    for (int i = RANGES.length - 1; i >= 0; i--) {
      range = RANGES[i] >= widest ? RANGES[i] : range;
    }
    double reach = range;
    List<RoundChart.Tick> ticks =
        List.of(-reach, -reach / 2, 0.0, reach / 2, reach).stream()
            .map(
                value ->
                    new RoundChart.Tick(at(value, reach), value == 0 ? "0" : Figures.signed(value)))
            .toList();
    double width = position(test.ci().high(), reach) - position(test.ci().low(), reach);
    return new EffectFigure(
        at(0, reach),
        at(test.ci().low(), reach),
        String.format(Locale.ROOT, "%.1f", Math.max(1, width)),
        at(test.difference(), reach),
        ticks,
        "Mean difference of rewards %s, %s %% interval %s to %s"
            .formatted(
                Figures.signed(test.difference()),
                Figures.percent(test.confidence()),
                Figures.signed(test.ci().low()),
                Figures.signed(test.ci().high())));
  }

  private static String at(double value, double range) {
    return String.format(Locale.ROOT, "%.1f", position(value, range));
  }

  private static double position(double value, double range) {
    return LEFT + (WIDTH - 2 * LEFT) * (value + range) / (2 * range);
  }
}
