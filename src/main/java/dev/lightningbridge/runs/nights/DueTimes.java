package dev.lightningbridge.runs.nights;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.runs.request.RunError;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The times that a cron expression names on the clocks of a time zone, each once: a time that the
 * clocks jump over is moved behind the jump by as much as was jumped, and of a time that they show
 * twice the first one counts.
 */
final class DueTimes {
  /** Longer than clocks are ever put forward or back for summer time. */
  private static final Duration JUMP = Duration.ofHours(3);

  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private final ExecutionTime wall;
  private final ZoneId zone;

  private DueTimes(ExecutionTime wall, ZoneId zone) {
    this.wall = wall;
    this.zone = zone;
  }

  /**
   * Reads an expression.
   *
   * @param cron five fields: minute, hour, day of the month, month, day of the week
   * @param zone such as Europe/Berlin
   * @throws BridgeException where one of them is none, or names no time at all
   */
  static DueTimes of(String cron, String zone) {
    ZoneId id;
    try {
      id = ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw invalid("there is no such time zone", zone, "Name one such as Europe/Berlin.", e);
    }
    DueTimes times;
    try {
      times = new DueTimes(ExecutionTime.forCron(PARSER.parse(cron)), id);
    } catch (IllegalArgumentException e) {
      throw invalid(
          "the times are no cron expression: " + e.getMessage(),
          cron,
          "Give minute, hour, day, month and weekday: \"15 2 * * *\" is a quarter past two.",
          e);
    }
    // In leap years too, the first of which may be eight years away.
    if (times.after(LocalDateTime.of(2096, 3, 1, 0, 0)).isEmpty()) {
      throw invalid("the cron expression names no day there is", cron, "Name another day.", null);
    }
    return times;
  }

  private static BridgeException invalid(
      String what, String where, String remedy, @Nullable Exception e) {
    return new BridgeException(RunError.SCHEDULE_INVALID, what, where, remedy, e);
  }

  /** The last one that is not after this moment. */
  Optional<Instant> lastUpTo(Instant now) {
    Optional<LocalDateTime> local = before(local(now).plus(JUMP));
    while (local.isPresent() && instant(local.get()).isAfter(now)) {
      local = before(local.get());
    }
    return local.map(this::instant);
  }

  /** The first one after this moment. */
  Optional<Instant> firstAfter(Instant now) {
    Optional<LocalDateTime> local = after(local(now).minus(JUMP));
    while (local.isPresent() && !instant(local.get()).isAfter(now)) {
      local = after(local.get());
    }
    return local.map(this::instant);
  }

  private LocalDateTime local(Instant now) {
    return LocalDateTime.ofInstant(now, zone);
  }

  private Instant instant(LocalDateTime local) {
    return ZonedDateTime.ofLocal(local, zone, null).toInstant();
  }

  /** On clocks that never jump: what the library does where they do is not what is said above. */
  private Optional<LocalDateTime> before(LocalDateTime time) {
    return wall.lastExecution(time.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
  }

  private Optional<LocalDateTime> after(LocalDateTime time) {
    return wall.nextExecution(time.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
  }
}
