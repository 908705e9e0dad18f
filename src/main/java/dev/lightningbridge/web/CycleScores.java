package dev.lightningbridge.web;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Corpus;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The mean human scores of a session's lineages over its cycles.
 *
 * @param json for the chart; {@code rows} the same as a table
 */
record CycleScores(String json, List<Row> rows) {
  /** A lineage's mean in a cycle, in words. */
  record Row(String lineage, int cycle, String mean, long scores) {}

  private record Point(int cycle, double mean, long scores) {}

  private record Line(String label, List<Point> points) {}

  private record Plot(List<Line> lineages) {}

  /**
   * @param labels of lineages by their id
   */
  static CycleScores of(Corpus corpus, String sessionId, Map<String, String> labels) {
    Map<String, Map<Integer, IntSummaryStatistics>> scores = new TreeMap<>();
    try (Stream<Attempt> attempts = corpus.attempts(sessionId)) {
      attempts.forEach(attempt -> add(scores, attempt, labels));
    }
    List<Line> lines = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    scores.forEach(
        (label, cycles) -> {
          List<Point> points = new ArrayList<>();
          cycles.forEach(
              (cycle, sum) -> {
                points.add(new Point(cycle, sum.getAverage(), sum.getCount()));
                rows.add(new Row(label, cycle, Figures.decimal(sum.getAverage()), sum.getCount()));
              });
          lines.add(new Line(label, points));
        });
    return new CycleScores(Json.write(new Plot(lines)), rows);
  }

  private static void add(
      Map<String, Map<Integer, IntSummaryStatistics>> scores,
      Attempt attempt,
      Map<String, String> labels) {
    var score = attempt.score();
    String label = labels.get(attempt.lineageId());
    if (attempt.kind() == AttemptKind.SCORED && score != null && label != null) {
      scores
          .computeIfAbsent(label, l -> new TreeMap<>())
          .computeIfAbsent(attempt.cycle(), c -> new IntSummaryStatistics())
          .accept(score.value());
    }
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }
}
