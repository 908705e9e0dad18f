package dev.lightningbridge.lightning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.ModelTrainer;
import dev.lightningbridge.optimize.TrainedModel;
import dev.lightningbridge.optimize.TrainingJob;
import dev.lightningbridge.optimize.TrainingJob.Examples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/**
 * Fine-tuning by TRL, in a CPython that a worker process embeds through Jep: SFTTrainer and
 * DPOTrainer, on the CPU or one GPU. Whatever becomes of the worker, this process lives on.
 */
public final class TrlTrainer implements ModelTrainer {
  /** What a folder of a chat model has, as transformers write one. */
  private static final List<String> FILES = List.of("config.json", "tokenizer_config.json");

  private final Algorithm algorithm;
  private final PythonEnvironment environment;
  private final WorkerSettings settings;

  /**
   * @param algorithm SFT or DPO
   */
  public TrlTrainer(Algorithm algorithm, PythonEnvironment environment) {
    this(algorithm, environment, WorkerSettings.TUNING);
  }

  TrlTrainer(Algorithm algorithm, PythonEnvironment environment, WorkerSettings settings) {
    this.algorithm = algorithm;
    this.environment = environment;
    this.settings = settings;
  }

  @Override
  public String name() {
    return "trl-" + algorithm.label();
  }

  /**
   * Trains.
   *
   * @throws BridgeException one of {@link LightningError}
   */
  @Override
  public TrainedModel train(TrainingJob job, Context context) {
    context.cancellation().throwIfRequested();
    requireModel(job.settings().model());
    WorkerFollower follower =
        new WorkerFollower(
            new WorkerFollower.Job(job.runId(), name(), environment),
            settings,
            context.events()::on,
            context.cancellation());
    return follower
        .follow(configuration(job), send -> new NoRequests())
        .filter(result -> result.path("stop").asText().equals("finished"))
        .map(TrlTrainer::trained)
        .orElseThrow(() -> new CancellationException("the training was cancelled"));
  }

  /**
   * Looks at what can be seen of a base model without loading it.
   *
   * @throws BridgeException LB-6022 where the folder holds none
   */
  public static void requireModel(Path model) {
    for (String file : FILES) {
      if (!Files.isRegularFile(model.resolve(file))) {
        throw new BridgeException(
            LightningError.MODEL_UNUSABLE,
            "the folder of the base model has no " + file,
            model.toString(),
            "The base model is the folder of a chat model as transformers write one, for example"
                + " fetched by `hf download NAME --local-dir FOLDER`.");
      }
    }
  }

  /** Whether the folder holds a model, as far as that can be seen without loading it. */
  public static boolean isModel(Path folder) {
    return FILES.stream().allMatch(file -> Files.isRegularFile(folder.resolve(file)));
  }

  private ObjectNode configuration(TrainingJob job) {
    Examples examples = Objects.requireNonNull(job.examples(), "fine-tuning needs examples");
    ObjectNode configuration = WorkerJob.of(environment, settings);
    Path validation = examples.validation();
    configuration
        .putObject("job")
        .put("algorithm", algorithm.label())
        .put("model", job.settings().model().toString())
        .put("train", examples.train().toString())
        .put("validation", validation == null ? null : validation.toString())
        .put("workFolder", job.workFolder().toString())
        .put("seed", job.seed())
        .set("settings", Json.mapper().valueToTree(job.settings()));
    return configuration;
  }

  static TrainedModel trained(JsonNode result) {
    Map<String, Double> metrics = new HashMap<>();
    result
        .path("metrics")
        .properties()
        .forEach(metric -> metrics.put(metric.getKey(), metric.getValue().asDouble()));
    String adapter = result.path("adapter").asText(null);
    return new TrainedModel(
        Path.of(result.path("weights").asText()),
        adapter == null ? null : Path.of(adapter),
        metrics,
        result.path("trainedWith").asText());
  }

  /** TRL asks for nothing: its data is in files. */
  private static final class NoRequests implements WorkerFollower.Requests {
    @Override
    public void run(long id, JsonNode request) {
      throw new IllegalStateException("TRL asked for a rollout: " + request);
    }

    @Override
    public int running() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
