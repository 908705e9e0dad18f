package dev.lightningbridge.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long an endpoint asks to wait: {@code retry-after-ms}; Retry-After (RFC 9110, 10.2.3); in the
 * body Google's {@code retryDelay}, Hugging Face's {@code estimated_time} or the words; after a 429
 * also {@code x-ratelimit-reset-*}, which others send with every answer.
 */
final class RetryAfter {
  private static final double A_DAY = 86_400_000;

  /** A number that is larger is no wait but a time, in seconds since the epoch. */
  private static final double FIRST_EPOCH_S = 1e9;

  private static final double FIRST_EPOCH_MS = 1e11;
  private static final int LONGEST_BODY = 100_000;
  private static final List<String> LIMITS =
      List.of("x-ratelimit-%s-requests", "x-ratelimit-%s-tokens", "x-ratelimit-%s", "ratelimit-%s");

  private RetryAfter() {}

  /**
   * In milliseconds, 0 to a day; null where it does not say, or not so that it can be read.
   *
   * @param status of the answer; {@code body} what came with it, of any form
   */
  static @Nullable Long ms(int status, HttpHeaders headers, String body, Clock clock) {
    Double ms =
        Stream.<Supplier<@Nullable Double>>of(
                () -> read(headers.firstValue("retry-after-ms").orElse(""), 1, clock),
                () -> read(headers.firstValue("retry-after").orElse(""), 1000, clock),
                () -> inBody(status, body, clock),
                () -> status == 429 ? reset(headers, clock) : null)
            .map(Supplier::get)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    return ms == null ? null : (Long) Math.round(Math.clamp(Math.ceil(ms), 0, A_DAY));
  }

  private static @Nullable Double read(String value, double unitMs, Clock clock) {
    Double ms = WaitText.duration(value, unitMs);
    if (ms == null) {
      return date(value.strip(), clock);
    }
    double epoch = ms / unitMs;
    if (unitMs == 1 || epoch < FIRST_EPOCH_S) {
      return ms;
    }
    return (epoch < FIRST_EPOCH_MS ? epoch * 1000 : epoch) - clock.millis();
  }

  private static @Nullable Double date(String value, Clock clock) {
    try {
      Instant at =
          value.matches("\\d.*")
              ? Instant.parse(value)
              : ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return (double) at.toEpochMilli() - clock.millis();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static @Nullable Double inBody(int status, String body, Clock clock) {
    if (body.isEmpty() || body.length() > LONGEST_BODY) {
      return null;
    }
    try {
      JsonNode json = Json.mapper().readTree(body);
      for (String name : List.of("retryDelay", "retry_after", "estimated_time")) {
        JsonNode value = json.findValue(name);
        Double ms = value == null ? null : WaitText.duration(value.asText(), 1000);
        if (ms != null) {
          return ms;
        }
      }
      // OpenRouter repeats there the headers of who is behind it.
      JsonNode reset = status == 429 ? json.findValue("X-RateLimit-Reset") : null;
      if (reset != null) {
        return read(reset.asText(), 1000, clock);
      }
    } catch (JsonProcessingException e) {
      // A page of a proxy, most likely: its words may say it all the same.
    }
    return WaitText.asked(body);
  }

  /**
   * Of the limits that are used up the latest reset; where none is said to be, the next reset of
   * all: whoever comes too early is told so again.
   */
  private static @Nullable Double reset(HttpHeaders headers, Clock clock) {
    Double used = null;
    Double any = null;
    for (String limit : LIMITS) {
      Double ms = read(headers.firstValue(limit.formatted("reset")).orElse(""), 1000, clock);
      if (ms == null) {
        continue;
      }
      any = any == null ? ms : (Double) Math.min(any, ms);
      if (headers.firstValue(limit.formatted("remaining")).orElse("").strip().matches("0+")) {
        used = used == null ? ms : (Double) Math.max(used, ms);
      }
    }
    return used != null ? used : any;
  }
}
