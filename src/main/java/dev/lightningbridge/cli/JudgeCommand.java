package dev.lightningbridge.cli;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.cli.names.LineagesByName;
import dev.lightningbridge.cli.options.CliError;
import dev.lightningbridge.cli.options.DatabaseOption;
import dev.lightningbridge.cli.options.EndpointOptions;
import dev.lightningbridge.cli.options.GivenOptions;
import dev.lightningbridge.cli.options.ModelOptions;
import dev.lightningbridge.cli.options.PoolOption;
import dev.lightningbridge.cli.options.RoleEndpointOptions;
import dev.lightningbridge.cli.options.SpendingOptions;
import dev.lightningbridge.cli.terminal.CommonOptions;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.cli.terminal.ProgressDisplay;
import dev.lightningbridge.cli.text.Consent;
import dev.lightningbridge.cli.text.EstimateText;
import dev.lightningbridge.cli.text.JudgeText;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.ExitCode;
import dev.lightningbridge.grading.GraderChoice;
import dev.lightningbridge.runs.judging.JudgeEstimate;
import dev.lightningbridge.runs.judging.JudgeRequest;
import dev.lightningbridge.runs.judging.JudgeResult;
import dev.lightningbridge.runs.request.AskedRun;
import dev.lightningbridge.runs.request.EngineChoice;
import dev.lightningbridge.workshop.Workshop;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bridge judge}: a judge compared with the scores of people. */
@Command(
    name = "judge",
    mixinStandardHelpOptions = true,
    customSynopsis =
        "bridge judge --db=FILE (--session=SESSION | --lineage=LINEAGE)%n"
            + "                    (--sandbox | --base-url=URL) [OPTION]...",
    description = {
      "Compare a judge with people's scores: how well does it agree with them?",
      "The result is kept and `optimize` uses it: with an untrusted judge its verdict is HOLD."
    })
final class JudgeCommand implements Callable<Integer> {
  private final Console console;
  private final Interrupts interrupts;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private final CommonOptions common = new CommonOptions();
  @Mixin private final DatabaseOption database = new DatabaseOption();
  @Mixin private final PoolOption pool = new PoolOption();
  @Mixin private final ModelOptions models = new ModelOptions();
  @Mixin private final EndpointOptions endpoint = new EndpointOptions();
  @Mixin private final RoleEndpointOptions roles = new RoleEndpointOptions();
  @Mixin private final SpendingOptions spending = new SpendingOptions();

  @ArgGroup(multiplicity = "1")
  private Target target = new Target();

  @Option(
      names = "--outputs",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "Scored outputs to use at most, chosen by the seed; up to 30 of them are judged twice,"
              + " and 30 times low ones are judged with a plea for a high score (default:"
              + " ${DEFAULT-VALUE}).")
  int outputs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Seed for choosing outputs and examples, and for intervals (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "4",
      description = "Outputs judged at the same time (default: ${DEFAULT-VALUE}).")
  int concurrency;

  @Option(
      names = "--out",
      paramLabel = "FILE.html",
      description = "The HTML page (default: in the home's folder of reports).")
  @Nullable Path out;

  JudgeCommand(Console console, Interrupts interrupts) {
    this.console = console;
    this.interrupts = interrupts;
  }

  /** Whose scores. */
  static final class Target {
    @Option(
        names = "--session",
        paramLabel = "SESSION",
        description = "The session's scores; the judge goes by its best lineage's directives.")
    @Nullable String session;

    @Option(
        names = "--lineage",
        paramLabel = "LINEAGE",
        description = "The scores of this lineage's session; its own directives.")
    @Nullable String lineage;
  }

  @Override
  public Integer call() {
    asked().check();
    named();
    JudgeRequest request = request();
    Optional<ExitCode> ended =
        new BeforeCalls<>(
                console,
                () -> estimate(request),
                EstimateText::of,
                estimate -> new Consent.Cost(estimate.calls(), estimate.usd()),
                (estimate, limits) -> Optional.empty())
            .ended(spending, common, request.models().access(), request.models().limits());
    if (ended.isPresent()) {
      return ended.get().status();
    }
    Cancellation cancellation = interrupts.cancellation();
    ProgressDisplay progress = ProgressDisplay.on(console);
    JudgeResult result;
    try (Workshop workshop = Workshop.open(common.home, Clock.systemUTC(), console::remark)) {
      result = workshop.judgeReview().run(request, progress, cancellation);
    } finally {
      progress.end();
    }
    if (common.json) {
      console.json(result);
    } else {
      JudgeText.of(result).forEach(console::line);
    }
    return 0;
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

  private JudgeEstimate estimate(JudgeRequest request) {
    try (Workshop workshop = Workshop.open(common.home, Clock.systemUTC(), console::remark)) {
      return workshop.judgeReview().estimate(request);
    }
  }

  /** That no model was named is said by itself, not of the options of one. */
  private AskedRun asked() {
    return new AskedRun(
        AskedRun.Door.COMMAND_LINE,
        AskedRun.Work.JUDGE,
        EngineChoice.AUTO,
        GraderChoice.JUDGE.label(),
        models.sandbox || models.isUnsaid(),
        models.isAtEndpoint() || models.isUnsaid(),
        target.lineage != null,
        GivenOptions.of(spec));
  }

  private JudgeRequest request() {
    if (outputs < 1) {
      throw CliError.option("at least one output is used", "--outputs");
    }
    if (concurrency < 1) {
      throw CliError.option("at least one output is judged at a time", "--concurrency");
    }
    return new JudgeRequest(
        database.file.toAbsolutePath().normalize(),
        target.session,
        target.lineage,
        models.use(seed, endpoint, roles),
        outputs,
        concurrency,
        seed,
        database.includeOrphans,
        out,
        pool.said);
  }
}
