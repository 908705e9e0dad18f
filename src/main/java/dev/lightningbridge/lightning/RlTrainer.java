package dev.lightningbridge.lightning;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.agent.AgentChoice;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.lightning.rl.JobMark;
import dev.lightningbridge.lightning.rl.RlOptions;
import dev.lightningbridge.lightning.rl.RlServices;
import dev.lightningbridge.optimize.ModelTrainer;
import dev.lightningbridge.optimize.TrainedModel;
import dev.lightningbridge.optimize.TrainingJob;
import dev.lightningbridge.optimize.TrainingSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * Reinforcement learning by Microsoft's real agentlightning 1.0: its trainer (verl) in a CPython
 * that a worker process embeds through Jep, its gateway and controller as processes of their own,
 * and our graders for the rewards. However it ends, no process of the job is left.
 */
public final class RlTrainer implements ModelTrainer {
  private static final System.Logger LOG = System.getLogger(RlTrainer.class.getName());

  private final PythonEnvironment trainer;
  private final PythonEnvironment gateway;

  /**
   * @param trainer of the kind {@link EnvironmentKind#RL}
   * @param gateway of the kind {@link EnvironmentKind#RL_GATEWAY}
   */
  public RlTrainer(PythonEnvironment trainer, PythonEnvironment gateway) {
    this.trainer = trainer;
    this.gateway = gateway;
  }

  /**
   * One for this machine.
   *
   * @param variables environment variables, which name the two environments
   * @throws BridgeException where there is no GPU and it is no trial, or an environment is missing
   */
  public static RlTrainer of(TrainingSettings settings, Map<String, String> variables) {
    requireGpu(settings);
    return new RlTrainer(
        PythonEnvironment.find(EnvironmentKind.RL, variables),
        PythonEnvironment.find(EnvironmentKind.RL_GATEWAY, variables));
  }

  @Override
  public String name() {
    return "agentlightning-rl";
  }

  /**
   * Trains.
   *
   * @throws BridgeException one of {@link LightningError}
   */
  @Override
  public TrainedModel train(TrainingJob job, Context context) {
    context.cancellation().throwIfRequested();
    check(job);
    RlOptions options = options(job.settings()).withAgent(job.agent());
    JobMark mark = JobMark.random();
    Path rayFolder = rayFolder();
    WorkerFollower follower =
        new WorkerFollower(
            new WorkerFollower.Job(job.runId(), name(), trainer),
            WorkerSettings.RL,
            context.events()::on,
            context.cancellation());
    RlServices.Plan plan =
        new RlServices.Plan(
            gateway.python(),
            EmbeddedPython.ownModules(),
            job.settings().model(),
            job.workFolder(),
            job.systemPrompt(),
            job.settings().maxTokens() / 2,
            Stream.concat(job.train().stream(), job.validation().stream()).toList(),
            Objects.requireNonNull(context.grader(), "rl learns by rewards"),
            options,
            mark,
            e -> follower.fail(noMoreRewards(job, e)));
    try {
      return follower
          .follow(
              configuration(job, options, mark, rayFolder),
              send -> new RlRequests(plan, send, follower))
          .filter(result -> result.path("stop").asText().equals("finished"))
          .map(TrlTrainer::trained)
          .orElseThrow(() -> new CancellationException("the training was cancelled"));
    } finally {
      int left = mark.endAll();
      if (left > 0) {
        LOG.log(Level.DEBUG, "{0} processes of the training had to be ended", left);
      }
      Worker.remove(rayFolder);
    }
  }

  /** A short path: Ray puts sockets into it, whose names are limited to 107 bytes. */
  private static Path rayFolder() {
    try {
      return Files.createTempDirectory("lb");
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for temporary files can be made", e);
    }
  }

  /** What can be seen before anything starts. */
  private static void check(TrainingJob job) {
    requireGpu(job.settings());
    if (job.train().isEmpty()) {
      throw new BridgeException(
          LightningError.NO_TASKS,
          "there are no training tasks",
          "run " + job.runId(),
          "Give more distinct inputs, for example with --tasks FILE.jsonl.");
    }
    TrlTrainer.requireModel(job.settings().model());
  }

  private static void requireGpu(TrainingSettings settings) {
    if (settings.gpus() == 0 && !settings.cpuTrial()) {
      throw new BridgeException(
          LightningError.GPU_MISSING,
          "reinforcement learning needs a GPU, and none is asked for",
          "--gpus 0",
          "Give --gpus N on a machine that has them, or --cpu-trial to try it out on a small"
              + " model.");
    }
  }

  /**
   * The agent that the trainer's own settings name, {@code agent.command} and the like.
   *
   * @throws BridgeException where they are wrong
   */
  public static AgentChoice agent(TrainingSettings settings) {
    return options(settings).agent();
  }

  private static RlOptions options(TrainingSettings settings) {
    try {
      return RlOptions.of(settings.overrides());
    } catch (IllegalArgumentException e) {
      throw new BridgeException(
          LightningError.SETTING_REFUSED,
          String.valueOf(e.getMessage()),
          "--trainer-override",
          "docs/training.md says what there is.",
          e);
    }
  }

  private ObjectNode configuration(
      TrainingJob job, RlOptions options, JobMark mark, Path rayFolder) {
    ObjectNode configuration =
        WorkerJob.of(trainer, WorkerSettings.RL)
            // Ray asks the streams for their file descriptors.
            .put("ownStreams", true);
    ObjectNode run =
        configuration
            .putObject("job")
            .put("workFolder", job.workFolder().toAbsolutePath().toString())
            .put("seed", job.seed())
            .put("mark", mark.value())
            .put("rayFolder", rayFolder.toString());
    run.set("train", ids(job.train()));
    run.set("validation", ids(job.validation()));
    ObjectNode settings = Json.mapper().valueToTree(job.settings());
    settings.put("model", job.settings().model().toAbsolutePath().toString());
    settings.set("overrides", Json.mapper().valueToTree(options.trainer()));
    run.set("settings", settings);
    return configuration;
  }

  /** Python only names tasks: their texts go from this side to the agents. */
  private static ArrayNode ids(List<Task> tasks) {
    ArrayNode ids = Json.mapper().createArrayNode();
    tasks.forEach(task -> ids.add(task.id()));
    return ids;
  }

  private static BridgeException noMoreRewards(TrainingJob job, Exception why) {
    return new BridgeException(
        LightningError.ROLLOUTS_FAILED,
        "no rewards can be had any more: " + why.getMessage(),
        "run " + job.runId(),
        "Raise the limit of the run, then `runs resume` it: it goes on from its last checkpoint.",
        why);
  }

  /** Where a run's work lies that people may want to see. */
  static Path logs(Path workFolder) {
    return workFolder.resolve("log");
  }
}
