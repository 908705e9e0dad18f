package dev.lightningbridge.runs.training;

import dev.lightningbridge.agent.AgentError;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.grading.GradedBy;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.ModelTrainer;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.TrainedModel;
import dev.lightningbridge.optimize.TrainingJob;
import dev.lightningbridge.optimize.TrainingSettings;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.runs.RunPlan;
import dev.lightningbridge.runs.ending.Endings;
import dev.lightningbridge.runs.ending.ModelStore;
import dev.lightningbridge.runs.ending.RegisteredModel;
import dev.lightningbridge.runs.ending.RunOutcome;
import dev.lightningbridge.runs.ending.RunWork;
import dev.lightningbridge.runs.ending.SealedOpening;
import dev.lightningbridge.runs.judging.JudgeStore;
import dev.lightningbridge.runs.judging.RunBench;
import dev.lightningbridge.runs.judging.RunGrading;
import dev.lightningbridge.runs.ledger.SealedInputs;
import dev.lightningbridge.runs.ledger.TestOpening;
import dev.lightningbridge.runs.models.RunEstimate;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.RunError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Trains a model on the run's train tasks, registers it, and has it tested against its base. */
public final class RunTraining implements RunWork {
  /** Fewer teach a model nothing but themselves. */
  static final int FEWEST_EXAMPLES = 8;

  private static final int PASSES = 3;

  private final Supplier<ModelTrainer> trainer;
  private final ModelComparison test;
  private final ModelStore models;
  private final SealedInputs sealed;
  private final JudgeStore judges;
  private final Path folder;
  private final Clock clock;

  /**
   * @param folder where each run has a folder of its own
   */
  public RunTraining(
      Supplier<ModelTrainer> trainer,
      ModelComparison test,
      ModelStore models,
      SealedInputs sealed,
      JudgeStore judges,
      Path folder,
      Clock clock) {
    this.trainer = trainer;
    this.test = test;
    this.models = models;
    this.sealed = sealed;
    this.judges = judges;
    this.folder = folder;
    this.clock = clock;
  }

  @Override
  public String engine() {
    return trainer.get().name();
  }

  @Override
  public RunOutcome carryOut(BegunRun run, RunBench bench) {
    return run.plan()
        .split(run.request())
        .map(
            split -> {
              SealedOpening opened = test.of(run, split, bench);
              return opened.inVain().orElseGet(() -> trained(run, split, opened, bench));
            })
        .orElseGet(() -> new Endings(run).tooFewTasks(bench.models().gateway().spent()));
  }

  /**
   * @throws BridgeException where it learns by rewards, and nothing gives any; LB-4101 where it
   *     cannot start the agent
   */
  @Override
  public void check(OptimizeRequest request, RunPlan plan) {
    if (request.decidedByPeople()) {
      throw new BridgeException(
          RunError.NOT_FOR_PEOPLE,
          "people compare prompts, not models that are trained",
          "grader people",
          "Choose another grader, or search for a prompt.");
    }
    if (!request.usedAgent().isTrainable()) {
      throw new BridgeException(
          AgentError.UNUSABLE,
          "reinforcement learning starts its agents itself, and cannot start "
              + request.usedAgent().inWords(),
          "--agent",
          "Name the agent by --agent-command, --agent-url or --agent-class, or search for a"
              + " prompt.");
    }
    if (training(request).algorithm() == Algorithm.RL
        && plan.gradedBy(request) instanceof GradedBy.Nobody) {
      throw new BridgeException(
          RunError.NO_MODEL,
          "nothing gives a reward: the tasks have no expected outputs, and no model judges",
          "algorithm rl",
          "Name the model that judges, or give tasks with expected outputs.");
    }
  }

  @Override
  public RunEstimate estimate(
      OptimizeRequest request,
      RunPlan plan,
      Corpus corpus,
      Function<List<Task>, TestOpening> openings) {
    Objects.requireNonNull(trainer.get(), "trainer");
    return TrainingEstimate.of(request, training(request), plan, corpus, openings);
  }

  private static TrainingSettings training(OptimizeRequest request) {
    return Objects.requireNonNull(request.training(), "the run trains no model");
  }

  private RunOutcome trained(BegunRun run, Split split, SealedOpening opened, RunBench bench) {
    sealed.keep(run.runId(), run.plan().seal(), split);
    Path work = folder.resolve(run.runId());
    try {
      Files.createDirectories(work);
    } catch (IOException e) {
      throw TrainingExamples.unusable(work, e);
    }
    TrainingSettings asked = run.training();
    TrainingExamples examples =
        asked.algorithm() == Algorithm.RL ? null : TrainingExamples.of(run, split, work);
    if (examples != null && examples.trainRows() < FEWEST_EXAMPLES) {
      return new Endings(run).tooFewExamples(examples.trainRows(), FEWEST_EXAMPLES);
    }
    if (run.gradedBy() instanceof GradedBy.Nobody) {
      RegisteredModel model = model(run, split, examples, work, null, bench);
      return new Endings(run)
          .notMeasured(
              "a judge would have to score its outputs, and it was not said which model judges: name"
                  + " one, or give tasks with expected outputs",
              model,
              bench.models().gateway().spent());
    }
    RunGrading grading = RunGrading.begin(run, split, bench, judges, clock);
    RegisteredModel model = model(run, split, examples, work, grading, bench);
    return test.decided(run, opened, model, grading, bench);
  }

  /** The model that an earlier start of the run has trained, or a new one. */
  private RegisteredModel model(
      BegunRun run,
      Split split,
      @Nullable TrainingExamples examples,
      Path work,
      @Nullable RunGrading grading,
      RunBench bench) {
    RegisteredModel before = models.ofRun(run.runId()).orElse(null);
    if (before != null && Files.isDirectory(Path.of(before.path()))) {
      return before;
    }
    TrainingSettings settings = settings(run.training(), examples);
    bench.events().on(new RunEvent.PhaseStarted("train", settings.steps()));
    TrainingJob job =
        new TrainingJob(
            run.runId(),
            settings,
            work,
            run.plan().choice().baseline().systemPrompt(),
            split.train(),
            split.validation(),
            examples == null ? null : examples.files(),
            run.request().seed(),
            run.request().usedAgent());
    ModelTrainer.Context context =
        new ModelTrainer.Context(
            grading == null ? null : grading.trust().grader(),
            bench.events(),
            bench.cancellation());
    TrainedModel trained =
        grading == null
            ? trainer.get().train(job, context)
            : grading.during(() -> trainer.get().train(job, context));
    RegisteredModel model = registered(run, split, settings, examples, trained);
    models.add(model);
    return model;
  }

  /** So many steps that each example is seen a few times, where that was left open. */
  private static TrainingSettings settings(
      TrainingSettings asked, @Nullable TrainingExamples examples) {
    return examples == null ? asked : asked.withSteps(steps(asked, examples.trainRows()));
  }

  static int steps(TrainingSettings asked, long examples) {
    long passes = Math.ceilDiv(PASSES * examples, asked.batch());
    return asked.steps() > 0 ? asked.steps() : (int) Math.min(Integer.MAX_VALUE, passes);
  }

  private RegisteredModel registered(
      BegunRun run,
      Split split,
      TrainingSettings settings,
      @Nullable TrainingExamples examples,
      TrainedModel trained) {
    return new RegisteredModel(
        UUID.randomUUID().toString(),
        run.runId(),
        run.ownModels().getLast(),
        settings.algorithm().label(),
        settings.model().toString(),
        trained.weights().toString(),
        trained.adapter() == null ? null : trained.adapter().toString(),
        trained.trainedWith(),
        Json.write(settings),
        Json.write(trained.metrics()),
        examples == null ? null : examples.cursor(),
        Json.write(
            Map.of(
                "train", ids(split.train()),
                "validation", ids(split.validation()),
                "test", ids(split.test()))),
        "trained",
        clock.millis());
  }

  private static List<String> ids(List<Task> tasks) {
    return tasks.stream().map(Task::id).toList();
  }
}
