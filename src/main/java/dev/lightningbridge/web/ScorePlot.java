package dev.lightningbridge.web;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.runs.RunLog.StoredEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Scores on validation tasks against the model calls made until then.
 *
 * @param json for the chart; {@code rows} the same as a table
 */
record ScorePlot(String json, List<Row> rows) {
  /** A measurement in words. */
  record Row(String candidate, String calls, String score, int tasks) {}

  private record Point(long calls, double score, String name, int tasks) {}

  private record Plot(List<Point> points) {}

  /**
   * @param callTimes when calls were done, in order
   */
  static ScorePlot of(List<StoredEvent> events, List<Long> callTimes) {
    List<Point> points = new ArrayList<>();
    for (StoredEvent stored : events) {
      if (stored.event() instanceof RunEvent.Evaluated e
          && e.purpose().equals("validation")
          && !Double.isNaN(e.mean())) {
        points.add(new Point(until(callTimes, stored.at()), e.mean(), e.candidate(), e.tasks()));
      }
    }
    return new ScorePlot(
        Json.write(new Plot(points)),
        points.stream()
            .map(
                p ->
                    new Row(
                        p.name(), Figures.count(p.calls()), Figures.decimal(p.score()), p.tasks()))
            .toList());
  }

  private static int until(List<Long> times, long at) {
    int found = Collections.binarySearch(times, at);
    int index = found < 0 ? -found - 1 : found;
    while (index < times.size() && times.get(index) == at) {
      index++;
    }
    return index;
  }
}
