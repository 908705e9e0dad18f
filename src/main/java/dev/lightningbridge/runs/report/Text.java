package dev.lightningbridge.runs.report;

import dev.lightningbridge.common.Figures;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How reports and pages write times and long texts; {@link Figures} writes numbers. */
public final class Text {
  private static final int LONGEST = 20_000;
  private static final int LINE = 140;
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Text() {}

  public static String utc(Instant instant) {
    return UTC.format(instant);
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
        + "\n… (%s more characters)".formatted(Figures.count(text.length() - LONGEST));
  }

  private static String cut(String text, int length) {
    return text.substring(
        0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
  }
}
