package dev.lightningbridge.cli;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.cli.names.LineagesByName;
import dev.lightningbridge.cli.options.AgentOptions;
import dev.lightningbridge.cli.options.DatabaseOption;
import dev.lightningbridge.cli.options.EndpointOptions;
import dev.lightningbridge.cli.options.GivenOptions;
import dev.lightningbridge.cli.options.GraderOptions;
import dev.lightningbridge.cli.options.ModelOptions;
import dev.lightningbridge.cli.options.PolicyOptions;
import dev.lightningbridge.cli.options.PoolOption;
import dev.lightningbridge.cli.options.PromptRuleOptions;
import dev.lightningbridge.cli.options.RoleEndpointOptions;
import dev.lightningbridge.cli.options.SearchOptions;
import dev.lightningbridge.cli.options.SpendingOptions;
import dev.lightningbridge.cli.options.TrainingOptions;
import dev.lightningbridge.cli.terminal.CommonOptions;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.cli.text.Forewarning;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.ExitCode;
import dev.lightningbridge.corpus.Lineage;
import dev.lightningbridge.dataset.Pool;
import dev.lightningbridge.grading.GraderChoice;
import dev.lightningbridge.optimize.TrainingSettings;
import dev.lightningbridge.runs.models.RunEstimate;
import dev.lightningbridge.runs.request.AskedRun;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.RequestParts;
import dev.lightningbridge.runs.request.SearchSettings;
import dev.lightningbridge.workshop.Workshop;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bridge optimize}: one optimisation of one agent. */
@Command(
    name = "optimize",
    mixinStandardHelpOptions = true,
    customSynopsis =
        "bridge optimize --db=FILE (--session=SESSION | --lineage=LINEAGE)%n"
            + "                       (--sandbox | --base-url=URL) [OPTION]...",
    description = {
      "Search for a better prompt of an agent, or train its model, and prove it on sealed tasks.",
      "Ends with a verdict: PROMOTE leaves a proposal for `promote`, HOLD says why not."
    })
final class OptimizeCommand implements Callable<Integer> {
  private final Console console;
  private final Interrupts interrupts;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final DatabaseOption database = new DatabaseOption();
  @Mixin private final PoolOption pool = new PoolOption();
  @Mixin private final ModelOptions models = new ModelOptions();
  @Mixin private final EndpointOptions endpoint = new EndpointOptions();
  @Mixin private final RoleEndpointOptions roles = new RoleEndpointOptions();
  @Mixin private final AgentOptions agent = new AgentOptions();
  @Mixin private final SearchOptions search = new SearchOptions();
  @Mixin private final PromptRuleOptions rules = new PromptRuleOptions();
  @Mixin private final GraderOptions grader = new GraderOptions();
  @Mixin private final PolicyOptions policy = new PolicyOptions();
  @Mixin private final TrainingOptions training = new TrainingOptions();
  @Mixin private final SpendingOptions spending = new SpendingOptions();

  @ArgGroup(multiplicity = "1")
  private Target target = new Target();

  @Option(
      names = "--no-human-notes",
      description =
          "Keep people's comments and one-shot directives out of the critiques. Otherwise the"
              + " critic sees the newest of them, except those on validation and test tasks.")
  boolean noHumanNotes;

  @Option(names = "--allow-locked", description = "With --session: consider locked lineages too.")
  boolean allowLocked;

  @Option(
      names = "--as-plain-prompt",
      description =
          "Optimise an agent even if it has tools or a flow: without them, only its prompt, as"
              + " plain chat. The verdict says so.")
  boolean asPlainPrompt;

  OptimizeCommand(Console console, Interrupts interrupts) {
    this.console = console;
    this.interrupts = interrupts;
  }

  /** What to optimise. */
  static final class Target {
    @Option(
        names = "--session",
        paramLabel = "SESSION",
        description =
            "Optimise the session's lineage with the best mean current score. An id, the beginning"
                + " of it, or the session's name.")
    @Nullable String session;

    @Option(
        names = "--lineage",
        paramLabel = "LINEAGE",
        description = "Optimise this lineage: its id, the beginning of it, or SESSION/LETTER.")
    @Nullable String lineage;
  }

  @Override
  public Integer call() {
    asked().check();
    named();
    OptimizeRequest request = request();
    RunEstimate known = forewarn(request);
    Optional<ExitCode> ended =
        BeforeCalls.ofRun(console, () -> estimate(request, known))
            .ended(spending, common, request.model(), request.limits());
    if (ended.isPresent()) {
      return ended.get().status();
    }
    Cancellation cancellation = interrupts.cancellation();
    return ShownRun.of(
        (workshop, progress) -> workshop.optimization().run(request, progress, cancellation),
        console,
        common);
  }

  /** From here on the target is ids. */
  private void named() {
    try (CampDatabase camp = database.open()) {
      LineagesByName named = LineagesByName.of(camp.corpus());
      target.session = target.session == null ? null : named.session(target.session);
      target.lineage = target.lineage == null ? null : named.lineage(target.lineage);
      pool.said = named.pool(pool.said);
    }
  }

  /**
   * The estimate that this took; null where there is nothing to say: a training that learns from
   * examples is worth its cost also where its verdict is HOLD.
   */
  private @Nullable RunEstimate forewarn(OptimizeRequest request) {
    if (policy.policy().acceptJudge() || training.isTraining()) {
      return null;
    }
    try (Workshop workshop = Workshop.open(common.home, Clock.systemUTC(), console::remark);
        CampDatabase camp = database.open()) {
      String session =
          request.sessionId() != null
              ? request.sessionId()
              : camp.corpus()
                  .lineage(String.valueOf(request.lineageId()))
                  .map(Lineage::sessionId)
                  .orElse("");
      List<String> sessions = Pool.ids(camp.corpus(), session, request.pool());
      RunEstimate estimate = workshop.optimization().estimate(request);
      boolean people = request.grader().equalsIgnoreCase(GraderChoice.PEOPLE.label());
      Forewarning.of(estimate, people, camp.corpus(), sessions).ifPresent(console::remark);
      return estimate;
    }
  }

  private RunEstimate estimate(OptimizeRequest request, @Nullable RunEstimate known) {
    if (known != null && !spending.dryRun) {
      return known;
    }
    try (Workshop workshop = Workshop.open(common.home, Clock.systemUTC(), console::remark)) {
      if (spending.dryRun) {
        workshop.optimization().notes(request).forEach(console::remark);
      }
      return known == null ? workshop.optimization().estimate(request) : known;
    }
  }

  /** That no model was named is said by itself, not of the options of one. */
  private AskedRun asked() {
    boolean unsaid = models.isUnsaid() && !training.isTraining();
    return new AskedRun(
        AskedRun.Door.COMMAND_LINE,
        training.work(),
        search.engine(),
        grader.choice() == null ? search.grader : AskedRun.EXTERNAL_GRADER,
        models.sandbox || unsaid,
        models.isAtEndpoint() || unsaid,
        target.lineage != null,
        GivenOptions.of(spec),
        !OptimizeRequest.NO_CRITIC.equals(models.names().get("critic")));
  }

  private OptimizeRequest request() {
    TrainingSettings trained = training.settings();
    SearchSettings settings = search.settings(!noHumanNotes);
    OptimizeRequest request =
        new OptimizeRequest(
            new RequestParts.Subject(
                database.file.toAbsolutePath().normalize(),
                target.session,
                target.lineage,
                allowLocked,
                asPlainPrompt,
                database.includeOrphans,
                pool.said),
            new RequestParts.Answering(
                trained != null && models.isUnsaid()
                    ? new ModelAccess.None()
                    : models.access(endpoint, roles),
                models.names(),
                models.aliases(),
                models.prices),
            RequestParts.OnTasks.of(search.tasks, search.onlyGivenTasks, settings),
            RequestParts.Searching.of(settings, search.noDemonstrations, rules.rules()),
            new RequestParts.Grading(settings.grader(), grader.choice()),
            trained,
            agent.choice(),
            models.limits(),
            policy.policy());
    return request.withCandidate(rules.candidate());
  }
}
