package dev.lightningbridge.runs.report;

import dev.lightningbridge.grading.calibration.CalibrationReport;
import dev.lightningbridge.grading.calibration.CalibrationReport.Point;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where the marks of the scatter plot stand: people's score to the right, the judge's upward. Both
 * are whole numbers, so a bubble's area is the number of outputs at its place.
 *
 * @param correction points of the line of corrected scores; empty where there is none
 */
public record ScatterChart(
    List<RoundChart.Tick> columns,
    List<RoundChart.Tick> rows,
    List<Bubble> bubbles,
    String correction) {
  private static final int LEFT = 64;
  private static final int TOP = 20;
  private static final double STEP = 44;
  private static final double RADIUS_OF_ONE = 5;
  private static final double LARGEST = 20;

  public record Bubble(String x, String y, String r, String label) {}

  static ScatterChart of(CalibrationReport report) {
    Map<String, List<Point>> byPlace =
        report.points().stream()
            .collect(
                Collectors.groupingBy(
                    p -> p.people() + "/" + p.judge(), TreeMap::new, Collectors.toList()));
    int most = byPlace.values().stream().mapToInt(List::size).max().orElse(1);
    double unit = Math.min(RADIUS_OF_ONE, LARGEST / Math.sqrt(most));
    return new ScatterChart(
        IntStream.rangeClosed(1, 10).mapToObj(s -> tick(x(s), s)).toList(),
        IntStream.rangeClosed(1, 10).mapToObj(s -> tick(y(s), s)).toList(),
        byPlace.values().stream().map(points -> bubble(points, unit)).toList(),
        correction(report));
  }

  private static RoundChart.Tick tick(double at, int score) {
    return new RoundChart.Tick(number(at), String.valueOf(score));
  }

  private static Bubble bubble(List<Point> points, double unit) {
    Point point = points.get(0);
    return new Bubble(
        number(x(point.people())),
        number(y(point.judge())),
        number(unit * Math.sqrt(points.size())),
        "people %d, judge %d: %d output%s"
            .formatted(
                point.people(), point.judge(), points.size(), points.size() == 1 ? "" : "s"));
  }

  private static String correction(CalibrationReport report) {
    CalibrationReport.Correction correction = report.correction();
    return correction == null
        ? ""
        : IntStream.rangeClosed(1, 10)
            .mapToObj(s -> number(x(correction.correction().apply(s))) + "," + number(y(s)))
            .collect(Collectors.joining(" "));
  }

  private static double x(double score) {
    return LEFT + STEP * (score - 0.5);
  }

  private static double y(double score) {
    return TOP + STEP * (10.5 - score);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
