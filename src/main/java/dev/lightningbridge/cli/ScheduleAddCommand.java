package dev.lightningbridge.cli;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.cli.names.LineagesByName;
import dev.lightningbridge.cli.options.DatabaseOption;
import dev.lightningbridge.cli.options.OptionValues;
import dev.lightningbridge.cli.options.PoolOption;
import dev.lightningbridge.cli.terminal.CommonOptions;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.runs.nights.Schedule;
import dev.lightningbridge.runs.nights.ScheduleParts;
import dev.lightningbridge.runs.nights.Schedules;
import dev.lightningbridge.runs.nights.WeeklyTimes;
import dev.lightningbridge.runs.request.SearchChoice;
import dev.lightningbridge.workshop.Workshop;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bridge schedule add}: one more time at which the server optimises by itself. */
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = {
      "Have the server of this home optimise, at a time of some days, the lineages that people have"
          + " scored since.",
      "The server must run then; the database must be in one of its folders. It uses the endpoint"
          + " of its configuration, or with --sandbox the simulated model."
    })
final class ScheduleAddCommand implements Callable<Integer> {
  private final Console console;
  private final CommonOptions common;

  @Mixin private final DatabaseOption database = new DatabaseOption();
  @Mixin private final PoolOption pool = new PoolOption();

  @ArgGroup(multiplicity = "1")
  private When when = new When();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "Nightly",
      description = "What people call it (default: ${DEFAULT-VALUE}).")
  private String name = "Nightly";

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "Whose clocks the time is on, such as Europe/Berlin (default: this machine's).")
  private @Nullable String zone;

  @Option(
      names = "--session",
      paramLabel = "SESSION",
      description = "Only this session: its id, the beginning of it, or its name.")
  private @Nullable String session;

  @Option(
      names = "--lineage",
      paramLabel = "LINEAGE",
      description =
          "Only this lineage: its id, the beginning of it, or SESSION/LETTER; may be repeated.")
  private List<String> lineages = List.of();

  @Option(
      names = "--new-scores",
      paramLabel = "N",
      defaultValue = "10",
      description =
          "New scores since its last run that a lineage needs (default: ${DEFAULT-VALUE}).")
  private int newScores;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = SearchChoice.ENGINE,
      completionCandidates = OptionValues.Engines.class,
      description = "auto, agentlightning or java (default: ${DEFAULT-VALUE}).")
  private String engine = SearchChoice.ENGINE;

  @Option(
      names = "--max-calls",
      paramLabel = "N",
      defaultValue = "2000",
      description =
          "Model calls of a night at most (default: ${DEFAULT-VALUE}). They go to as many lineages"
              + " as they serve well; what these leave over goes to the next.")
  private long maxCalls;

  @Option(names = "--max-usd", paramLabel = "USD", description = "US dollars of a night at most.")
  private @Nullable Double maxUsd;

  @Option(names = "--sandbox", description = "Use the simulated model.")
  private boolean sandbox;

  @Option(
      names = "--sandbox-seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "With --sandbox: which hidden rules it has (default: ${DEFAULT-VALUE}).")
  private long sandboxSeed;

  @Option(
      names = "--auto-promote",
      description = "Write winners into the database at once if the verdict is PROMOTE.")
  private boolean autoPromote;

  /**
   * @param common of the command that this is a part of
   */
  ScheduleAddCommand(Console console, CommonOptions common) {
    this.console = console;
    this.common = common;
  }

  /** When it is due: in one of two ways. */
  static final class When {
    @ArgGroup(exclusive = false)
    @Nullable Weekly weekly;

    @Option(
        names = "--cron",
        paramLabel = "CRON",
        required = true,
        description = "Minute, hour, day, month, weekday, for times that days cannot say.")
    @Nullable String cron;

    String cron() {
      Weekly days = weekly;
      return days == null ? String.valueOf(cron) : WeeklyTimes.of(days.at, days.days).cron();
    }
  }

  /** A time on some days. */
  static final class Weekly {
    @Option(
        names = "--at",
        paramLabel = "HH:MM",
        required = true,
        description = "The time of day, such as 02:30.")
    String at = "";

    @Option(
        names = "--days",
        paramLabel = "DAY",
        split = ",",
        description = "Days such as mon,wed,fri (default: every day).")
    List<String> days = List.of();
  }

  @Option(names = "--no-demonstrations", description = "Keeps examples out of new prompts.")
  boolean noDemonstrations;

  @Override
  public Integer call() {
    @Nullable String sessionId;
    List<String> lineageIds;
    try (CampDatabase camp = database.open()) {
      LineagesByName named = LineagesByName.of(camp.corpus());
      sessionId = session == null ? null : named.session(session);
      lineageIds = lineages.stream().map(named::lineage).toList();
      pool.said = named.pool(pool.said);
    }
    Schedule schedule =
        new Schedule(
            UUID.randomUUID().toString(),
            name,
            true,
            new ScheduleParts.Scope(
                database.file.toAbsolutePath().normalize(), sessionId, lineageIds, pool.said),
            new ScheduleParts.When(
                when.cron(), zone == null ? ZoneId.systemDefault().getId() : zone, newScores),
            Schedule.Search.of(
                new SearchChoice(
                        engine, null, null, SearchChoice.Beam.USUAL, null, null, null, null)
                    .settings(),
                ScheduleParts.Testing.USUAL,
                new ScheduleParts.Prompting(false, noDemonstrations),
                null),
            new Schedule.Model(sandbox, sandboxSeed, Map.of(), Map.of()),
            new ScheduleParts.Spending(Limits.NONE, new Limits(maxCalls, null, maxUsd)),
            autoPromote,
            null);
    try (Workshop workshop = Workshop.open(common.home, Clock.systemUTC(), console::remark)) {
      Schedules.Planned planned = workshop.schedules().put(schedule);
      if (common.json) {
        console.json(planned);
      } else {
        ScheduleCommand.lines(planned).forEach(console::line);
        console.line(
            "Remove it by: " + common.invocation().line("schedule", "remove", schedule.id()));
      }
    }
    return 0;
  }
}
