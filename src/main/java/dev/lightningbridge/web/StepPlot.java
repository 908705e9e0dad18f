package dev.lightningbridge.web;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.optimize.RunEvent.TrainingStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a training measured, step by step: a small plot for each metric, and the last steps as a
 * table.
 *
 * @param json for the chart
 * @param columns the table's, each with its unit
 * @param rows the newest first
 */
record StepPlot(String json, int panels, List<String> columns, List<Row> rows) {
  private static final int MOST_POINTS = 400;
  private static final int MOST_ROWS = 30;

  /**
   * A metric.
   *
   * @param key the trainers' name for it
   * @param validation their name for the same on validation inputs; null where there is none
   * @param name in words, with its unit
   */
  private record Metric(String key, @Nullable String validation, String name) {}

  private static final List<Metric> METRICS =
      List.of(
          new Metric("loss", "eval_loss", "Loss"),
          new Metric("reward", "validation_reward", "Mean reward (0 to 1)"),
          new Metric(
              "rewards/accuracies", "eval_rewards/accuracies", "Preferred ones likelier (share)"),
          new Metric("rewards/margins", null, "Margin of preferred ones"),
          new Metric("kl", null, "KL from the base"),
          new Metric("grad_norm", null, "Gradient norm"),
          new Metric("response_length", null, "Output length (tokens)"),
          new Metric("mean_token_accuracy", null, "Right tokens (share)"),
          new Metric("seconds", null, "Time of a step (s)"),
          new Metric("gpu_memory_gb", null, "GPU memory (GB)"),
          new Metric("learning_rate", null, "Learning rate"));

  /** A step in words; a dash for what it did not measure. */
  record Row(int step, List<String> values) {}

  private record Series(String name, List<double[]> points) {}

  private record Panel(String name, List<Series> series) {}

  private record Plot(List<Panel> panels) {}

  /**
   * @param told in the order of telling: a step that is told of again, after the training was
   *     resumed, counts as it was told last
   */
  static StepPlot of(SequencedCollection<TrainingStep> told) {
    TreeMap<Integer, Map<String, Double>> steps = new TreeMap<>();
    told.forEach(
        step -> steps.computeIfAbsent(step.step(), s -> new HashMap<>()).putAll(step.metrics()));
    List<Panel> panels = new ArrayList<>();
    List<Metric> shown = new ArrayList<>();
    for (Metric metric : METRICS) {
      List<Series> series = new ArrayList<>();
      add(series, "train", metric.key(), steps);
      if (metric.validation() != null) {
        add(series, "validation", metric.validation(), steps);
      }
      if (!series.isEmpty()) {
        panels.add(new Panel(metric.name(), series));
      }
      if (steps.values().stream().anyMatch(values -> values.containsKey(metric.key()))) {
        shown.add(metric);
      }
    }
    return new StepPlot(
        Json.write(new Plot(panels)),
        panels.size(),
        shown.stream().map(Metric::name).toList(),
        steps.descendingMap().entrySet().stream()
            .limit(MOST_ROWS)
            .map(step -> new Row(step.getKey(), words(shown, step.getValue())))
            .toList());
  }

  private static void add(
      List<Series> series, String name, String key, TreeMap<Integer, Map<String, Double>> steps) {
    List<double[]> points = new ArrayList<>();
    steps.forEach(
        (step, values) -> {
          Double value = values.get(key);
          if (value != null) {
            points.add(new double[] {step, value});
          }
        });
    if (!points.isEmpty()) {
      series.add(new Series(name, thinned(points)));
    }
  }

  /** So many at the most, evenly, the newest always. */
  private static List<double[]> thinned(List<double[]> points) {
    int every = Math.ceilDiv(points.size(), MOST_POINTS);
    List<double[]> kept = new ArrayList<>();
    for (int i = points.size() - 1; i >= 0; i -= every) {
      kept.add(0, points.get(i));
    }
    return kept;
  }

  private static List<String> words(List<Metric> metrics, Map<String, Double> values) {
    return metrics.stream()
        .map(metric -> values.get(metric.key()))
        .map(value -> value == null ? "–" : number(value))
        .toList();
  }

  /** Four digits. */
  static String number(double value) {
    double size = Math.abs(value);
    return (value == Math.rint(value) && size < 1e6
            ? String.format(Locale.ROOT, "%.0f", value)
            : size >= 1e-3 && size < 1e6
                ? String.format(Locale.ROOT, "%.4g", value)
                : String.format(Locale.ROOT, "%.2e", value))
        .replace('-', '−');
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }
}
