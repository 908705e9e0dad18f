package dev.lightningbridge.api.requests;

import static java.util.Objects.requireNonNullElse;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.sandbox.JudgeHabit;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.PromptRules;
import dev.lightningbridge.runs.QueuePlace;
import dev.lightningbridge.runs.nights.NamedGraders;
import dev.lightningbridge.runs.request.AskedRun;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.RequestParts;
import dev.lightningbridge.runs.request.RunError;
import dev.lightningbridge.runs.request.RunPolicy;
import dev.lightningbridge.runs.request.SearchChoice;
import dev.lightningbridge.runs.request.SearchSettings;
import dev.lightningbridge.server.ApiError;
import dev.lightningbridge.server.ConfiguredAgents;
import dev.lightningbridge.server.ConfiguredEndpoint;
import dev.lightningbridge.server.ConfiguredGraders;
import dev.lightningbridge.server.Databases;
import dev.lightningbridge.server.SandboxSwitch;
import dev.lightningbridge.server.ServerSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes of what a client asks for what the queue is given. No decision is left to the client that
 * is the server's.
 */
@ApplicationScoped
public class RunRequests {
  private final Databases databases;
  private final SandboxSwitch sandbox;
  private final TaskFiles taskFiles;
  private final TrainingRequests trainings;
  private final ServerSettings settings;

  RunRequests(
      Databases databases,
      SandboxSwitch sandbox,
      TaskFiles taskFiles,
      TrainingRequests trainings,
      ServerSettings settings) {
    this.databases = databases;
    this.sandbox = sandbox;
    this.taskFiles = taskFiles;
    this.trainings = trainings;
    this.settings = settings;
  }

  /**
   * The request of a run.
   *
   * @throws BridgeException where a file is not allowed, or it was not said what to optimise and
   *     with which model
   */
  public OptimizeRequest of(NewRun run) {
    NamedGraders graders = ConfiguredGraders.of(settings);
    asked(run, graders).check();
    SearchSettings search = choice(run).settings();
    OptimizeRequest request =
        new OptimizeRequest(
            new RequestParts.Subject(
                databases.resolve(run.database()),
                run.sessionId(),
                run.lineageId(),
                is(run.allowLocked()),
                is(run.asPlainPrompt()),
                is(run.includeOrphans()),
                requireNonNullElse(run.pool(), List.of())),
            new RequestParts.Answering(
                access(run),
                names(endpoint(run)),
                aliases(endpoint(run)),
                settings.endpoint().prices().orElse(null)),
            RequestParts.OnTasks.of(tasks(run), is(run.onlyGivenTasks()), search),
            RequestParts.Searching.of(
                search,
                is(run.noDemonstrations()),
                rules(run.keep(), run.maxPromptTokens(), run.goOnAtZero())),
            new RequestParts.Grading(search.grader(), null),
            run.training() == null ? null : trainings.of(run.training()),
            ConfiguredAgents.of(settings).of(run.agent()),
            limits(run.limits()),
            new RunPolicy(
                is(run.autoPromote()),
                is(run.acceptJudge()),
                is(run.noRegression()),
                requireNonNullElse(run.leastEffect(), RunPolicy.LEAST_EFFECT),
                requireNonNullElse(run.earlyStop(), true)));
    return graders.grading(request, search.grader()).withCandidate(run.candidate());
  }

  private static SearchChoice choice(NewRun run) {
    return new SearchChoice(
        run.engine(),
        run.strategy(),
        run.grader(),
        beam(run.search()),
        run.synthesize(),
        run.seed(),
        run.splitSeed(),
        run.humanNotes());
  }

  /** That no model was named is said by itself, not of the fields of one. */
  static AskedRun asked(NewRun run, NamedGraders graders) {
    NewTraining training = run.training();
    SearchChoice search = choice(run);
    NewRun.Model model = requireNonNullElse(run.model(), new NewRun.Model(null, null));
    boolean unsaid = isUnsaid(model) && training == null;
    return new AskedRun(
        AskedRun.Door.API,
        AskedRun.Work.of(training == null ? null : Algorithm.named(training.algorithm())),
        search.usedEngine(),
        graders.asked(search.usedGrader()),
        unsaid || model.sandbox() != null,
        unsaid || model.endpoint() != null,
        run.lineageId() != null,
        GivenFields.of(run),
        hasCritic(model.endpoint()));
  }

  static boolean hasCritic(NewRun.@Nullable Endpoint endpoint) {
    return endpoint == null || !OptimizeRequest.NO_CRITIC.equals(endpoint.critic());
  }

  /** Its place in the queue. */
  public static QueuePlace place(NewRun run, @Nullable String idempotencyKey) {
    return new QueuePlace(requireNonNullElse(run.priority(), 0), run.label(), idempotencyKey, null);
  }

  private static NewRun.@Nullable Endpoint endpoint(NewRun run) {
    return run.model() == null ? null : run.model().endpoint();
  }

  /** A training that names no model has none but those that it serves itself. */
  private ModelAccess access(NewRun run) {
    NewRun.Model model = requireNonNullElse(run.model(), new NewRun.Model(null, null));
    return isUnsaid(model) && run.training() != null ? new ModelAccess.None() : access(model);
  }

  public static boolean isUnsaid(NewRun.Model model) {
    return model.sandbox() == null && model.endpoint() == null;
  }

  /** The model that answers, of those that the server allows. */
  public ModelAccess access(NewRun.Model model) {
    NewRun.Sandbox simulated = model.sandbox();
    if ((simulated == null) == (model.endpoint() == null)) {
      throw new BridgeException(
          RunError.NO_MODEL,
          "it was not said which model to use",
          "model",
          "Give one of \"sandbox\" and \"endpoint\".");
    }
    if (simulated != null) {
      sandbox.require();
      return new ModelAccess.Sandbox(
          requireNonNullElse(simulated.seed(), 0L),
          requireNonNullElse(simulated.latencyMs(), 0),
          requireNonNullElse(simulated.judge(), JudgeHabit.USUAL));
    }
    return ConfiguredEndpoint.of(settings.endpoint())
        .orElseThrow(
            () ->
                new BridgeException(
                    RunError.NO_MODEL,
                    "the server is configured for no endpoint",
                    "lightning-bridge.endpoint.base-url",
                    "Start it with LIGHTNING_BRIDGE_ENDPOINT_BASE_URL set."));
  }

  public static Map<String, String> names(NewRun.@Nullable Endpoint endpoint) {
    Map<String, String> names = new HashMap<>();
    if (endpoint != null) {
      put(names, "worker", endpoint.worker());
      put(names, "critic", endpoint.critic());
      put(names, "editor", endpoint.editor());
      put(names, "judge", endpoint.judge());
    }
    return names;
  }

  private static void put(Map<String, String> names, String role, @Nullable String name) {
    if (name != null) {
      names.put(role, name);
    }
  }

  public static Map<String, String> aliases(NewRun.@Nullable Endpoint endpoint) {
    return endpoint == null ? Map.of() : requireNonNullElse(endpoint.aliases(), Map.of());
  }

  private @Nullable Path tasks(NewRun run) {
    List<NewRun.NewTask> given = run.tasks();
    String file = run.tasksFile();
    String text = run.tasksText();
    boolean listed = given != null && !given.isEmpty();
    if ((listed && file != null) || (text != null && (listed || file != null))) {
      throw new BridgeException(
          ApiError.BAD_REQUEST,
          "tasks were given twice",
          "tasks, tasksText, tasksFile",
          "Give one of them.");
    }
    if (file != null) {
      return databases.file(file);
    }
    if (text != null) {
      return taskFiles.of(text);
    }
    return given == null || given.isEmpty() ? null : taskFiles.of(given);
  }

  static SearchChoice.Beam beam(NewRun.@Nullable Search search) {
    return search == null
        ? SearchChoice.Beam.USUAL
        : new SearchChoice.Beam(
            search.rounds(),
            search.beamWidth(),
            search.branchFactor(),
            search.gradientBatch(),
            search.validationBatch(),
            search.validationTasks(),
            search.temperature(),
            search.concurrency());
  }

  static PromptRules rules(
      @Nullable List<String> keep, @Nullable Integer most, @Nullable Boolean goOnAtZero) {
    return new PromptRules(requireNonNullElse(keep, List.of()), most, is(goOnAtZero));
  }

  public static Limits limits(@Nullable RunLimits limits) {
    return limits == null ? Limits.NONE : new Limits(limits.calls(), limits.tokens(), limits.usd());
  }

  private static boolean is(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value);
  }
}
