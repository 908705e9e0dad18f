package dev.lightningbridge.imports;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads times as files write them; one without a zone is UTC. */
final class Times {
  private static final double MILLIS_FROM = 1e11;
  private static final double MICROS_FROM = 1e14;
  private static final double NANOS_FROM = 1e17;

  private Times() {}

  /** Milliseconds since the epoch, of ISO 8601 or of seconds to nanoseconds since then. */
  static Optional<Long> millis(String text) {
    String plain = text.strip();
    try {
      double number = Double.parseDouble(plain);
      double millis =
          number >= NANOS_FROM
              ? number / 1e6
              : number >= MICROS_FROM
                  ? number / 1e3
                  : number >= MILLIS_FROM ? number : number * 1e3;
      return millis > 0 && millis < NANOS_FROM ? Optional.of((long) millis) : Optional.empty();
    } catch (NumberFormatException e) {
      return iso(plain.replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) ", "$1T"));
    }
  }

  private static Optional<Long> iso(String text) {
    try {
      Instant instant =
          text.length() == 10
              ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
              : text.matches(".*(Z|[+-]\\d{2}:?\\d{2})$")
                  ? OffsetDateTime.parse(text).toInstant()
                  : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
      return Optional.of(instant.toEpochMilli());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
