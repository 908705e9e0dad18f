package dev.lightningbridge.runs.report;

import dev.lightningbridge.common.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where the marks of the chart "score by round" stand: a dot for each candidate's validation mean
 * and a line through the best of each round.
 *
 * @param line points of the line, as SVG's polyline takes them
 */
public record RoundChart(
    int width, int height, List<Tick> rows, List<Tick> columns, List<Dot> dots, String line) {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 300;
  static final int LEFT = 64;
  static final int RIGHT = 24;
  static final int TOP = 24;
  static final int BOTTOM = 52;

  /** A grid line with its label. */
  public record Tick(String at, String label) {}

  /** A measurement. */
  public record Dot(
      String x, String y, String candidate, String label, boolean best, boolean winner) {}

  static RoundChart of(List<ReportData.Evaluation> evaluations, String winner) {
    Map<Integer, List<ReportData.Evaluation>> byRound =
        evaluations.stream()
            .filter(e -> e.purpose().equals("validation") && e.mean() != null)
            .collect(
                Collectors.groupingBy(
                    ReportData.Evaluation::round, TreeMap::new, Collectors.toList()));
    int last = byRound.keySet().stream().max(Comparator.naturalOrder()).orElse(0);
    int first = byRound.keySet().stream().min(Comparator.naturalOrder()).orElse(0);
    List<Dot> dots = new ArrayList<>();
    List<String> line = new ArrayList<>();
    byRound.forEach(
        (round, measured) -> {
          double best = measured.stream().mapToDouble(RoundChart::meanOf).max().orElse(0);
          for (int i = 0; i < measured.size(); i++) {
            ReportData.Evaluation e = measured.get(i);
            dots.add(
                dot(e, x(round, first, last), meanOf(e) == best, e.candidate().equals(winner)));
          }
          line.add(number(x(round, first, last)) + "," + number(y(best)));
        });
    List<Tick> columns = new ArrayList<>();
    for (int round = first; round <= last; round++) {
      columns.add(new Tick(number(x(round, first, last)), String.valueOf(round)));
    }
    return new RoundChart(WIDTH, HEIGHT, grid(), columns, dots, String.join(" ", line));
  }

  public boolean isEmpty() {
    return dots.isEmpty();
  }

  private static Dot dot(ReportData.Evaluation e, double x, boolean best, boolean winner) {
    String label =
        "%s, round %d: mean reward %s on %d tasks"
            .formatted(e.candidate(), e.round(), Figures.decimal(meanOf(e)), e.tasks());
    return new Dot(number(x), number(y(meanOf(e))), e.candidate(), label, best, winner);
  }

  private static double meanOf(ReportData.Evaluation e) {
    return e.mean() == null ? 0 : e.mean();
  }

  private static List<Tick> grid() {
    return List.of(0.0, 0.25, 0.5, 0.75, 1.0).stream()
        .map(reward -> new Tick(number(y(reward)), Figures.decimal(reward)))
        .toList();
  }

  private static double x(int round, int first, int last) {
    double inner = WIDTH - LEFT - RIGHT;
    return first == last
        ? LEFT + inner / 2
        : LEFT + 24 + (inner - 48) * (round - first) / (last - first);
  }

  private static double y(double reward) {
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - reward);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
