package dev.lightningbridge.runs;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxModel;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.ModelTrainer;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.TrainedModel;
import dev.lightningbridge.optimize.TrainingJob;
import dev.lightningbridge.optimize.TrainingSettings;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.training.ServedModels;
import dev.lightningbridge.runs.training.Trainers;
import dev.lightningbridge.runs.work.Engines;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A trainer that makes nothing and tells steps of a falling loss, and models that the sandbox
 * plays: the base answers as the first prompt has it, the trained model as the best one would. For
 * a server under test too.
 */
@Alternative
@Singleton
public class PlayedTraining implements Engines, Trainers {
  private static final SandboxTruth TRUTH = SandboxTruth.ofSeed(7);

  /** What was asked for, in order. */
  public final List<TrainingJob> trained = new CopyOnWriteArrayList<>();

  /** Done after each step. */
  public volatile Consumer<Cancellation> whileTraining = cancellation -> {};

  public volatile Runnable whileServing = () -> {};

  @Override
  public PromptOptimizer of(OptimizeRequest request) {
    throw new AssertionError("no prompt is searched for");
  }

  @Override
  public ModelTrainer trainer(TrainingSettings settings) {
    return new Trainer();
  }

  @Override
  public ServedModels serve(
      Map<String, Path> models, TrainingSettings settings, Cancellation cancellation) {
    whileServing.run();
    return new Played();
  }

  private final class Trainer implements ModelTrainer {
    @Override
    public String name() {
      return "trainer";
    }

    @Override
    public TrainedModel train(TrainingJob job, Context context) {
      trained.add(job);
      int steps = job.settings().steps();
      for (int step = 1; step <= steps; step++) {
        context.cancellation().throwIfRequested();
        context
            .events()
            .on(new RunEvent.TrainingStep(step, steps, metrics(job.settings().algorithm(), step)));
        whileTraining.accept(context.cancellation());
      }
      try {
        Path weights = Files.createDirectories(job.workFolder().resolve("model"));
        return new TrainedModel(
            weights, null, Map.of("loss_first", 2.0, "loss_last", 1.5), "a trainer of tests");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** As the real trainers name them. */
    private static Map<String, Double> metrics(Algorithm algorithm, int step) {
      Map<String, Double> metrics = new HashMap<>();
      metrics.put("loss", 1.5 + 0.5 / step);
      metrics.put("grad_norm", 1.0 / step);
      if (step % 5 == 0) {
        metrics.put("eval_loss", 1.6 + 0.5 / step);
      }
      if (algorithm == Algorithm.RL) {
        metrics.putAll(
            Map.of(
                "reward",
                1 - 0.8 / step,
                "kl",
                0.001 * step,
                "response_length",
                120.0 + step,
                "seconds",
                3.25,
                "gpu_memory_gb",
                11.5));
      }
      return metrics;
    }
  }

  private static final class Played implements ServedModels {
    @Override
    public ChatModel model() {
      return request ->
          SandboxModel.ofSeed(7)
              .complete(
                  ChatRequest.of(
                      ModelRole.WORKER,
                      "m",
                      request.model().equals("trained")
                          ? TRUTH.bestPrompt(SandboxDomain.TRIAGE)
                          : TRUTH.seedPrompt(SandboxDomain.TRIAGE),
                      request.body().path("messages").path(1).path("content").asText(),
                      0.7));
    }

    @Override
    public void close() {}
  }
}
