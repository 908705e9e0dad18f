package dev.lightningbridge.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  private static Long ms(int status, String body, String... headers) {
    Map<String, List<String>> all = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], List.of(headers[i + 1]));
    }
    return RetryAfter.ms(status, HttpHeaders.of(all, (name, value) -> true), body, CLOCK);
  }

  @ParameterizedTest
  @CsvSource({
    "retry-after, 2, 2000",
    "retry-after, 1m30s, 90000",
    "retry-after-ms, 700, 700",
    "retry-after-ms, 0.5, 1",
    "x-ratelimit-reset-requests, 1s, 1000",
    "x-ratelimit-reset-tokens, 6m0s, 360000",
    "x-ratelimit-reset-requests, 21ms, 21",
    "x-ratelimit-reset-requests, 2h45m2.5s, 9902500",
    "x-ratelimit-reset-requests, 59.7, 59700",
    "x-ratelimit-reset, 1767225607, 7000",
    "x-ratelimit-reset, 1767225607000, 7000",
    "x-ratelimit-reset, 2026-01-01T00:00:07Z, 7000",
    "x-ratelimit-reset-tokens, never,",
    "x-request-id, 12,"
  })
  void headers_are_read_in_all_their_forms(String header, String value, Long expected) {
    assertThat(ms(429, "", header, value)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Rate limit reached. Please try again in 21s. Visit our page. | 21000",
        "Please retry after 2 seconds. | 2000",
        "Limit 30000, Used 29500, Requested 900. Please try again in 1m30s. | 90000",
        "Please try again in 120ms. | 120",
        "Please retry in 34.074824224s. | 34075",
        "Try again in 2 minutes and 5 seconds | 125000",
        "Request was throttled. Expected available in 43 seconds. | 43000",
        "Please wait 3 seconds and try again. | 3000",
        "retry after 7 | 7000",
        "Please retry after 5. | 5000",
        "Please try again later. | ",
        "try again in 5 months | ",
        "Retry after 2026-01-02 | ",
        "It is available in 3 regions | "
      })
  void words_are_read(String words, Long expected) {
    assertThat(ms(429, "{\"error\": {\"message\": \"" + words + "\"}}")).isEqualTo(expected);
  }

  @Test
  void what_google_and_hugging_face_put_into_the_body_is_read() {
    String google =
        """
        [{"error": {"code": 429, "message": "Resource has been exhausted", "details": [
          {"@type": "type.googleapis.com/google.rpc.QuotaFailure"},
          {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "37s"}]}}]""";
    assertThat(ms(429, google)).isEqualTo(37_000);
    assertThat(ms(503, "{\"error\": \"Model x is loading\", \"estimated_time\": 20.5}"))
        .isEqualTo(20_500);
    String openRouter =
        """
        {"error": {"message": "Rate limit exceeded: free-models-per-day", "code": 429,
          "metadata": {"headers": {"X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset": "1767228600000"}}}}""";
    assertThat(ms(429, openRouter)).isEqualTo(3_000_000);
    assertThat(ms(500, openRouter)).isNull();
  }

  @Test
  void a_header_beats_the_words_and_words_beat_the_resets_that_come_with_every_answer() {
    String words = "{\"message\": \"try again in 21s\"}";
    assertThat(ms(429, words, "retry-after", "3")).isEqualTo(3_000);
    assertThat(ms(429, words, "x-ratelimit-reset-tokens", "6m0s")).isEqualTo(21_000);
    assertThat(ms(500, "", "x-ratelimit-reset-tokens", "6m0s")).isNull();
  }

  @Test
  void of_two_limits_the_one_that_is_used_up_counts() {
    String[] headers = {
      "x-ratelimit-remaining-requests", "99",
      "x-ratelimit-reset-requests", "1s",
      "x-ratelimit-remaining-tokens", "0",
      "x-ratelimit-reset-tokens", "40s"
    };
    assertThat(ms(429, "", headers)).isEqualTo(40_000);
    headers[5] = "12";
    assertThat(ms(429, "", headers)).as("the next one, where none is").isEqualTo(1_000);
  }

  @Property(tries = 300)
  void a_wait_of_any_length_is_read_from_gos_durations_and_from_words(
      @ForAll @IntRange(max = 86_399) int seconds, @ForAll boolean spoken) {
    Duration wait = Duration.ofSeconds(seconds);
    String text = spoken ? "%d hours, %d minutes and %d seconds" : "%dh%dm%ds";
    text = text.formatted(wait.toHours(), wait.toMinutesPart(), wait.toSecondsPart());
    assertThat(ms(429, "", "x-ratelimit-reset-requests", text)).isEqualTo(seconds * 1000L);
    assertThat(ms(429, "Please try again in " + text + ".")).isEqualTo(seconds * 1000L);
  }

  @Property(tries = 300)
  void whatever_comes_the_wait_is_none_or_one_up_to_a_day(
      @ForAll @StringLength(max = 40) String header, @ForAll @StringLength(max = 80) String body) {
    Long ms = ms(429, "retry after " + body, "retry-after", header, "x-ratelimit-reset", body);
    assertThat(ms == null || (ms >= 0 && ms <= 86_400_000)).isTrue();
  }
}
