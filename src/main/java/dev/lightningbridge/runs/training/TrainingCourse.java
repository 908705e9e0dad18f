package dev.lightningbridge.runs.training;

import java.util.Map;
import java.util.Optional;

/**
 * What a training came to, from its first step to its last.
 *
 * @param measure "reward" where it has one, else "loss": of a reinforcement learning its loss says
 *     nothing
 */
public record TrainingCourse(String measure, double first, double last) {
  /** Of a model's metrics; empty where they do not tell both ends. */
  public static Optional<TrainingCourse> of(Map<String, Double> metrics) {
    String measure = metrics.containsKey("reward_last") ? "reward" : "loss";
    Double first = metrics.get(measure + "_first");
    Double last = metrics.get(measure + "_last");
    return first == null || last == null
        ? Optional.empty()
        : Optional.of(new TrainingCourse(measure, first, last));
  }
}
