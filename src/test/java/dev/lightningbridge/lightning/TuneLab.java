package dev.lightningbridge.lightning;

import dev.lightningbridge.agent.AgentChoice;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.grading.Grade;
import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.needs.Environments;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.ModelTrainer;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.TrainedModel;
import dev.lightningbridge.optimize.TrainingJob;
import dev.lightningbridge.optimize.TrainingJob.Examples;
import dev.lightningbridge.optimize.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Fine-tuning of a model of random weights, made on the spot, on examples of additions. */
public final class TuneLab {
  final List<RunEvent> events = new ArrayList<>();
  final Cancellation cancellation = new Cancellation();
  Consumer<RunEvent> watcher = event -> {};
  final Path model;
  private final Path folder;
  private final PythonEnvironment environment;

  /** With a model that {@link #tinyModel} made. */
  TuneLab(Path folder, Path model) {
    this(folder, model, Environments.of(EnvironmentKind.TUNE));
  }

  /** With a model and an environment that are there, or only seem to be. */
  TuneLab(Path folder, Path model, PythonEnvironment environment) {
    this.folder = folder;
    this.model = model;
    this.environment = environment;
  }

  /** The same model and work folder, with nothing told and nothing cancelled. */
  TuneLab again() {
    return new TuneLab(folder, model, environment);
  }

  /** A chat model with random weights in the folder. */
  public static Path tinyModel(Path folder) {
    try {
      Process process =
          new ProcessBuilder(
                  Environments.of(EnvironmentKind.TUNE).python().toString(),
                  Path.of("python/tests/tiny_model.py").toAbsolutePath().toString(),
                  folder.toString())
              .inheritIO()
              .start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException("no model was made: status " + process.exitValue());
      }
      return folder;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  TrainingSettings settings(Algorithm algorithm, int steps, int loraRank) {
    return new TrainingSettings(
        algorithm, model, 8, 4, 1, steps, 0, 1, 1e-3, 0.1, loraRank, 128, false, Map.of());
  }

  TrainedModel train(TrainingSettings settings) {
    return train(settings, "work");
  }

  /** Trains this model in place of the first one, all weights, in a folder of its own. */
  TrainedModel train(Path other, int steps) {
    return train(
        new TrainingSettings(
            Algorithm.SFT, other, 8, 4, 1, steps, 0, 1, 1e-3, 0.1, 0, 128, false, Map.of()),
        "other");
  }

  private TrainedModel train(TrainingSettings settings, String work) {
    Algorithm algorithm = settings.algorithm();
    return new TrlTrainer(algorithm, environment)
        .train(
            new TrainingJob(
                "r1",
                settings,
                folder.resolve(work),
                "Add.",
                List.of(),
                List.of(),
                new Examples(
                    rows(algorithm, "train", 0, 24), rows(algorithm, "validation", 24, 32)),
                7,
                new AgentChoice.Prompt()),
            new ModelTrainer.Context(
                new NoRewards(),
                event -> {
                  events.add(event);
                  watcher.accept(event);
                },
                cancellation));
  }

  private Path rows(Algorithm algorithm, String name, int from, int to) {
    List<String> lines = new ArrayList<>();
    for (int i = from; i < to; i++) {
      List<Map<String, String>> prompt =
          List.of(message("system", "Add."), message("user", i + " and " + (i + 1)));
      Map<String, String> right = message("assistant", String.valueOf(2 * i + 1));
      Map<String, String> wrong = message("assistant", "I do not know.");
      lines.add(
          Json.write(
              algorithm == Algorithm.SFT
                  ? Map.of("messages", List.of(prompt.get(0), prompt.get(1), right))
                  : Map.of(
                      "prompt", prompt, "chosen", List.of(right), "rejected", List.of(wrong))));
    }
    try {
      Files.createDirectories(folder);
      return Files.write(folder.resolve(name + ".jsonl"), lines);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> message(String role, String content) {
    return Map.of("role", role, "content", content);
  }

  /** The steps told of that have the metric, in order. */
  List<Double> metric(String name) {
    return events.stream()
        .filter(e -> e instanceof RunEvent.TrainingStep s && s.metrics().containsKey(name))
        .map(e -> ((RunEvent.TrainingStep) e).metrics().get(name))
        .toList();
  }

  /** Fine-tuning has no use for rewards. */
  private static final class NoRewards implements Grader {
    @Override
    public String name() {
      return "none";
    }

    @Override
    public Grade grade(Task task, String output) {
      throw new IllegalStateException("a reward was asked for");
    }
  }
}
