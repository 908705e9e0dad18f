package dev.lightningbridge.cli;

import dev.lightningbridge.cli.names.Named;
import dev.lightningbridge.cli.terminal.CommonOptions;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.common.Figures;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.runs.nights.Schedule;
import dev.lightningbridge.runs.nights.Schedules;
import dev.lightningbridge.runs.nights.WeeklyTimes;
import dev.lightningbridge.workshop.Workshop;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code bridge schedule}: when the server of this home optimises by itself. */
@Command(
    name = "schedule",
    mixinStandardHelpOptions = true,
    description = "List what the server of this home does by itself, add to it, or remove it.")
final class ScheduleCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm", Locale.ENGLISH);

  private final Console console;

  @Mixin private final CommonOptions common = new CommonOptions();

  private ScheduleCommand(Console console) {
    this.console = console;
  }

  /** With all that it has. */
  static CommandLine of(Console console) {
    ScheduleCommand schedule = new ScheduleCommand(console);
    return new CommandLine(schedule)
        .addSubcommand(new ScheduleAddCommand(console, schedule.common));
  }

  @Override
  public Integer call() {
    return list();
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "List the schedules.")
  int list() {
    try (Workshop workshop = Workshop.open(common.home, Clock.systemUTC(), console::remark)) {
      List<Schedules.Planned> all = workshop.schedules().list();
      if (common.json) {
        console.json(all);
      } else if (all.isEmpty()) {
        console.line(
            "Nothing runs by itself. This shows how to add a schedule: "
                + common.invocation().line("schedule", "add", "--help"));
      } else {
        all.forEach(planned -> lines(planned).forEach(console::line));
      }
    }
    return 0;
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Remove a schedule; what its nights did stays.")
  int remove(
      @Parameters(paramLabel = "ID", description = "The schedule's id, or its beginning.")
          String said) {
    try (Workshop workshop = Workshop.open(common.home, Clock.systemUTC(), console::remark)) {
      List<Named> all =
          workshop.schedules().list().stream()
              .map(each -> new Named(each.schedule().id(), List.of(each.schedule().name())))
              .toList();
      String id = Named.one(said, all).map(Named::id).orElse(said);
      workshop.schedules().remove(id);
      if (common.json) {
        console.json(Map.of("scheduleId", id, "removed", true));
      } else {
        console.line("Schedule %s is removed.".formatted(id));
      }
    }
    return 0;
  }

  /** A schedule in words. */
  static List<String> lines(Schedules.Planned planned) {
    Schedule schedule = planned.schedule();
    return List.of(
        "%s  %s".formatted(schedule.id(), schedule.name()),
        "  %s in %s; next: %s"
            .formatted(
                WeeklyTimes.words(schedule.when().cron()),
                schedule.when().zone(),
                next(planned.nextAt(), schedule.when().zone())),
        "  %s, %s with %s or more, engine %s, %s a night%s"
            .formatted(
                schedule.camp(),
                schedule.scope().lineages().isEmpty()
                    ? schedule.scope().sessionId() == null
                        ? "all lineages"
                        : "lineages of a session"
                    : Figures.counted(schedule.scope().lineages().size(), "lineage"),
                Figures.counted(schedule.when().newScores(), "new score"),
                schedule.search().engine().label(),
                limits(schedule.spending().nightLimits()),
                schedule.model().sandbox() ? ", simulated" : ""));
  }

  private static String next(@Nullable Long at, String zone) {
    return at == null ? "off" : TIME.format(Instant.ofEpochMilli(at).atZone(ZoneId.of(zone)));
  }

  private static String limits(Limits limits) {
    String calls = limits.calls() == null ? "" : Figures.counted(limits.calls(), "call");
    String usd = limits.usd() == null ? "" : Figures.usd(limits.usd()) + " USD";
    String all = calls + (calls.isEmpty() || usd.isEmpty() ? "" : ", ") + usd;
    return all.isEmpty() ? "no limit" : all;
  }
}
