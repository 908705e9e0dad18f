package dev.lightningbridge.web;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.optimize.TrainingSettings;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.workshop.Workshop;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A training as its run's page shows it.
 *
 * @param settings in words
 * @param model null until it is trained
 */
record TrainingView(
    String algorithm,
    String base,
    String baseFolder,
    String settings,
    StepPlot steps,
    @Nullable TrainedView model) {

  /** Null where the run searches for a prompt. */
  static @Nullable TrainingView of(StoredRun run, Workshop workshop) {
    TrainingSettings training = Json.read(run.requestJson(), OptimizeRequest.class).training();
    return training == null
        ? null
        : new TrainingView(
            training.algorithm().label(),
            String.valueOf(training.model().getFileName()),
            training.model().toString(),
            words(training),
            StepPlot.of(workshop.runs().log().trainingSteps(run.id())),
            workshop.models().ofRun(run.id()).map(TrainedView::of).orElse(null));
  }

  private static String words(TrainingSettings training) {
    List<String> words = new ArrayList<>();
    switch (training.algorithm()) {
      case SFT -> words.add("outputs scored %d or more".formatted(training.minScore()));
      case DPO -> words.add("preferred outputs scored %d or more".formatted(training.minScore()));
      case RL -> words.add("%d outputs a task".formatted(training.rollouts()));
    }
    words.add("batches of %d".formatted(training.batch()));
    words.add(
        "learning rate "
            + BigDecimal.valueOf(training.learningRate()).stripTrailingZeros().toPlainString());
    words.add(
        training.loraRank() == 0
            ? "all weights"
            : "an adapter of rank %d".formatted(training.loraRank()));
    words.add(
        training.gpus() == 0
            ? "on the CPU"
            : "on %d GPU%s".formatted(training.gpus(), training.gpus() == 1 ? "" : "s"));
    return String.join(", ", words);
  }
}
