package dev.lightningbridge.web;

import dev.lightningbridge.runs.ending.RegisteredModel;
import dev.lightningbridge.runs.training.TrainingCourse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trained model as pages show it.
 *
 * @param state in words; {@code mark} the class of its badge
 * @param came what its training came to, from its first step to its last; a dash where unknown
 */
record TrainedView(
    String name,
    String runId,
    String algorithm,
    String state,
    String mark,
    String base,
    Folders folders,
    String trainedWith,
    String came,
    List<Fact> metrics,
    Moment created) {
  /**
   * Where the weights of its base, its own, and those of its adapter alone are.
   *
   * @param adapter null where all weights were trained
   */
  record Folders(String base, String weights, @Nullable String adapter) {}

  /** A metric in words. */
  record Fact(String name, String value) {}

  static TrainedView of(RegisteredModel model) {
    Map<String, Double> metrics = model.metrics();
    return new TrainedView(
        model.name(),
        model.runId(),
        model.algorithm(),
        model.state().replace('_', ' '),
        model.state().equals("promoted") ? "good" : "held",
        String.valueOf(Path.of(model.baseModel()).getFileName()),
        new Folders(model.baseModel(), model.path(), model.adapterPath()),
        model.trainedWith(),
        came(metrics),
        metrics.entrySet().stream()
            .map(e -> new Fact(e.getKey().replace('_', ' '), StepPlot.number(e.getValue())))
            .toList(),
        Moment.of(model.createdAt()));
  }

  private static String came(Map<String, Double> metrics) {
    return TrainingCourse.of(metrics)
        .map(
            course ->
                "%s %s → %s"
                    .formatted(
                        course.measure(),
                        StepPlot.number(course.first()),
                        StepPlot.number(course.last())))
        .orElse("–");
  }
}
