package dev.lightningbridge.lightning;

import dev.lightningbridge.agent.AgentChoice;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.grading.Grade;
import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.needs.Environments;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.ModelTrainer;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.TrainedModel;
import dev.lightningbridge.optimize.TrainingJob;
import dev.lightningbridge.optimize.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Reinforcement learning of a model of random weights, made on the spot, on additions. */
final class RlLab {
  private static final String PROMPT = "Answer with one number.";

  final List<RunEvent> events = new CopyOnWriteArrayList<>();
  final Cancellation cancellation = new Cancellation();
  Consumer<RunEvent> watcher = event -> {};
  Grader grader = new Digits();
  final Path model;
  private final Path folder;
  private final PythonEnvironment trainer;
  private final PythonEnvironment gateway;

  /** With a model that {@link #tinyModel} made. */
  RlLab(Path folder, Path model) {
    this(
        folder,
        model,
        Environments.of(EnvironmentKind.RL),
        Environments.of(EnvironmentKind.RL_GATEWAY));
  }

  /** With a model and environments that are there, or only seem to be. */
  RlLab(Path folder, Path model, PythonEnvironment trainer, PythonEnvironment gateway) {
    this.folder = folder;
    this.model = model;
    this.trainer = trainer;
    this.gateway = gateway;
  }

  /** The same model and work folder, with nothing told and nothing cancelled. */
  RlLab again() {
    return new RlLab(folder, model, trainer, gateway);
  }

  /** A chat model with random weights in the folder. */
  static Path tinyModel(Path folder) {
    try {
      Path corpus = Files.createTempFile("corpus", ".txt");
      List<String> lines = new ArrayList<>();
      tasks(0, 100).forEach(task -> lines.add(task.input() + " " + task.expectedText()));
      lines.addAll(Collections.nCopies(20, PROMPT));
      Files.write(corpus, lines);
      String maker = Path.of("python/tests/tiny_model.py").toAbsolutePath().toString();
      run(maker, folder.toString(), corpus.toString());
      Files.delete(corpus);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a program of Python's in the trainer's environment. */
  static void run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.addFirst(Environments.of(EnvironmentKind.RL).python().toString());
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(command + " ended with " + process.exitValue());
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  TrainingSettings settings(int steps, double beta, int loraRank, Map<String, String> overrides) {
    return new TrainingSettings(
        Algorithm.RL, model, 8, 4, 4, steps, 0, 1, 1e-2, beta, loraRank, 96, true, overrides);
  }

  /** The same on GPUs, of which there may be none. */
  static TrainingSettings onGpus(TrainingSettings trial, int gpus) {
    return new TrainingSettings(
        trial.algorithm(),
        trial.model(),
        trial.minScore(),
        trial.batch(),
        trial.rollouts(),
        trial.steps(),
        gpus,
        trial.nodes(),
        trial.learningRate(),
        trial.beta(),
        trial.loraRank(),
        trial.maxTokens(),
        false,
        trial.overrides());
  }

  TrainedModel train(TrainingSettings settings) {
    return new RlTrainer(trainer, gateway)
        .train(
            new TrainingJob(
                "r1",
                settings,
                work(),
                PROMPT,
                tasks(0, 8),
                tasks(8, 10),
                null,
                7,
                new AgentChoice.Prompt()),
            new ModelTrainer.Context(
                grader,
                event -> {
                  events.add(event);
                  watcher.accept(event);
                },
                cancellation));
  }

  Path work() {
    return folder.resolve("work");
  }

  /** The steps told of that have the metric, in order. */
  List<Double> metric(String name) {
    return events.stream()
        .filter(e -> e instanceof RunEvent.TrainingStep s && s.metrics().containsKey(name))
        .map(e -> ((RunEvent.TrainingStep) e).metrics().get(name))
        .toList();
  }

  private static List<Task> tasks(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            i ->
                new Task(
                    "t" + i,
                    "What is " + i + " plus " + (i + 1) + "?",
                    String.valueOf(2 * i + 1),
                    List.of(),
                    null,
                    TaskSource.PROVIDED))
        .toList();
  }

  /** The share of digits: dense, so that the outputs of random weights differ. */
  private static final class Digits implements Grader {
    @Override
    public String name() {
      return "digits";
    }

    @Override
    public Grade grade(Task task, String output) {
      long digits = output.chars().filter(Character::isDigit).count();
      return new Grade(output.isEmpty() ? 0 : digits / (double) output.length(), "");
    }
  }
}
