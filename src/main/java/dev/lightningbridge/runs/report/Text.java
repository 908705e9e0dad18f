package dev.lightningbridge.runs.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How reports and pages write numbers, times and long texts. */
public final class Text {
  private static final int LONGEST = 20_000;
  private static final int LINE = 140;
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Text() {}

  public static String reward(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  public static String signed(double value) {
    double rounded = Math.rint(value * 100) / 100;
    String size = String.format(Locale.ROOT, "%.2f", Math.abs(rounded));
    return rounded > 0 ? "+" + size : rounded < 0 ? "−" + size : "±0.00";
  }

  public static String p(double value) {
    return value < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", value);
  }

  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value).replace(',', '\u202f');
  }

  public static String usd(double value) {
    return String.format(Locale.ROOT, value != 0 && Math.abs(value) < 1 ? "%.4f" : "%.2f", value);
  }

  public static String utc(Instant instant) {
    return UTC.format(instant);
  }

  public static String took(Instant from, Instant to) {
    Duration time = Duration.between(from, to).truncatedTo(ChronoUnit.SECONDS);
    long minutes = time.toMinutes();
    return minutes == 0
        ? time.toSeconds() + " s"
        : minutes < 60
            ? "%d min %d s".formatted(minutes, time.toSecondsPart())
            : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
  }

  /** A text on one line, cut to a line's length. */
  public static String line(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= LINE ? line : cut(line, LINE) + "…";
  }

  /** A text as it is, cut where nobody would read on. */
  public static @Nullable String whole(@Nullable String text) {
    if (text == null || text.length() <= LONGEST) {
      return text;
    }
    return cut(text, LONGEST)
        + "\n… (%s more characters)".formatted(count(text.length() - LONGEST));
  }

  private static String cut(String text, int length) {
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
  }
}
