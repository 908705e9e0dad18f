package dev.lightningbridge.runs.nights;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.runs.request.RunError;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A time on some days of the week: what most cron expressions say, in words that everybody knows.
 *
 * @param days at least one
 * @param time to the minute
 */
public record WeeklyTimes(Set<DayOfWeek> days, LocalTime time) {
  /** The days by the names that doors know, from Monday on. */
  public static final List<String> NAMES =
      Arrays.stream(DayOfWeek.values()).map(WeeklyTimes::name).toList();

  private static final Pattern SIMPLE =
      Pattern.compile("(\\d{1,2}) (\\d{1,2}) \\* \\* (\\*|[0-7](?:[,-][0-7])*)");

  public WeeklyTimes {
    days = Collections.unmodifiableSet(EnumSet.copyOf(days));
  }

  /**
   * Reads what a user says.
   *
   * @param time as 02:30
   * @param days such as mon or Monday; none for every day
   * @throws BridgeException LB-7122 where one of them is none
   */
  public static WeeklyTimes of(String time, Collection<String> days) {
    LocalTime at;
    try {
      at = LocalTime.parse(time.strip().length() == 4 ? "0" + time.strip() : time.strip());
    } catch (DateTimeParseException e) {
      throw new BridgeException(
          RunError.SCHEDULE_INVALID, "this is no time of day", time, "Give one such as 02:30.", e);
    }
    Set<DayOfWeek> chosen = EnumSet.noneOf(DayOfWeek.class);
    days.stream().filter(day -> !day.isBlank()).map(WeeklyTimes::day).forEach(chosen::add);
    return new WeeklyTimes(
        chosen.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : chosen, at.withSecond(0).withNano(0));
  }

  private static DayOfWeek day(String said) {
    String word = said.strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> word.length() >= 3)
        .filter(day -> day.name().toLowerCase(Locale.ROOT).startsWith(word))
        .findFirst()
        .orElseThrow(
            () ->
                new BridgeException(
                    RunError.SCHEDULE_INVALID,
                    "this is no day of the week",
                    said,
                    "Name days by mon, tue, wed, thu, fri, sat and sun, or none for every day."));
  }

  /** What a cron expression says, where it names one time on days of the week. */
  public static Optional<WeeklyTimes> ofCron(String cron) {
    Matcher fields = SIMPLE.matcher(cron.strip());
    if (!fields.matches()
        || Integer.parseInt(fields.group(1)) > 59
        || Integer.parseInt(fields.group(2)) > 23) {
      return Optional.empty();
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    String week = fields.group(3).equals("*") ? "1-7" : fields.group(3);
    for (String part : week.split(",", -1)) {
      String[] ends = part.split("-", -1);
      int from = Integer.parseInt(ends[0]);
      int to = Integer.parseInt(ends[ends.length - 1]);
      if (ends.length > 2 || from > to) {
        return Optional.empty();
      }
      // Cron's Sunday is 0, and 7 as well.
      for (int day = from; day <= to; day++) {
        days.add(day == 0 ? DayOfWeek.SUNDAY : DayOfWeek.of(day));
      }
    }
    return Optional.of(
        new WeeklyTimes(
            days,
            LocalTime.of(Integer.parseInt(fields.group(2)), Integer.parseInt(fields.group(1)))));
  }

  /** The same as cron has it: minute, hour, day, month, weekday. */
  public String cron() {
    String week =
        days.size() == DayOfWeek.values().length
            ? "*"
            : days.stream()
                .map(day -> String.valueOf(day.getValue() % DayOfWeek.values().length))
                .collect(Collectors.joining(","));
    return "%d %d * * %s".formatted(time.getMinute(), time.getHour(), week);
  }

  /** "every day at 02:30", "Monday and Friday at 02:30". */
  public String words() {
    List<String> names =
        days.stream().map(day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH)).toList();
    String on =
        names.size() == DayOfWeek.values().length
            ? "every day"
            : names.size() == 1
                ? names.getFirst()
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    return "%s at %s".formatted(on, time);
  }

  /** A schedule's times in words; those that are not of a week as they were given. */
  public static String words(String cron) {
    return ofCron(cron).map(WeeklyTimes::words).orElse("at " + cron);
  }

  private static String name(DayOfWeek day) {
    return day.name().toLowerCase(Locale.ROOT).substring(0, 3);
  }
}
