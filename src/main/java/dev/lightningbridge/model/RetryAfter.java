package dev.lightningbridge.model;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** How long an endpoint asks to wait: {@code retry-after-ms}, or Retry-After (RFC 9110, 10.2.3). */
final class RetryAfter {
  private static final double A_DAY = 86_400_000;

  private RetryAfter() {}

  /** In milliseconds, 0 to a day; null where it does not say, or not so that it can be read. */
  static @Nullable Long ms(HttpHeaders headers, Clock clock) {
    Long ms = headers.firstValue("retry-after-ms").map(v -> number(v, 1)).orElse(null);
    if (ms != null) {
      return ms;
    }
    String value = headers.firstValue("retry-after").orElse(null);
    if (value == null) {
      return null;
    }
    Long seconds = number(value, 1000);
    return seconds != null ? seconds : date(value, clock);
  }

  private static @Nullable Long number(String value, int factor) {
    try {
      double ms = Double.parseDouble(value.strip()) * factor;
      return Double.isNaN(ms) ? null : (Long) (long) Math.clamp(ms, 0, A_DAY);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Long date(String value, Clock clock) {
    try {
      long at =
          ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
              .toInstant()
              .toEpochMilli();
      return (long) Math.clamp((double) at - clock.millis(), 0, A_DAY);
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
