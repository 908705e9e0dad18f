package dev.lightningbridge.runs.nights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.runs.request.RunError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DueTimesTest {
  private static final DueTimes BERLIN = DueTimes.of("30 2 * * *", "Europe/Berlin");

  @Test
  void a_time_is_due_from_its_minute_on() {
    assertThat(BERLIN.lastUpTo(at("2026-01-15T01:29:59.999Z")))
        .hasValue(at("2026-01-14T01:30:00Z"));
    assertThat(BERLIN.lastUpTo(at("2026-01-15T01:30:00Z"))).hasValue(at("2026-01-15T01:30:00Z"));
    assertThat(BERLIN.firstAfter(at("2026-01-15T01:30:00Z"))).hasValue(at("2026-01-16T01:30:00Z"));
  }

  @Test
  void the_clocks_of_the_zone_count() {
    DueTimes india = DueTimes.of("30 2 * * *", "Asia/Kolkata");
    assertThat(india.firstAfter(at("2026-01-15T00:00:00Z"))).hasValue(at("2026-01-15T21:00:00Z"));
  }

  @Test
  void a_time_that_the_clocks_jump_over_comes_as_much_later_and_once() {
    assertThat(from(BERLIN, "2026-03-28T00:00:00Z", 4))
        .containsExactly(
            at("2026-03-28T01:30:00Z"),
            at("2026-03-29T01:30:00Z"), // 03:30, there was no 02:30
            at("2026-03-30T00:30:00Z"),
            at("2026-03-31T00:30:00Z"));
    assertThat(BERLIN.lastUpTo(at("2026-03-29T01:29:00Z"))).hasValue(at("2026-03-28T01:30:00Z"));
  }

  @Test
  void of_a_time_that_the_clocks_show_twice_the_first_counts() {
    assertThat(from(BERLIN, "2026-10-24T12:00:00Z", 2))
        .containsExactly(at("2026-10-25T00:30:00Z"), at("2026-10-26T01:30:00Z"));
    assertThat(BERLIN.lastUpTo(at("2026-10-25T01:45:00Z"))).hasValue(at("2026-10-25T00:30:00Z"));
    assertThat(BERLIN.lastUpTo(at("2026-10-25T01:15:00Z"))).hasValue(at("2026-10-25T00:30:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "30 2 * * *,Europe/Berlin",
    "0 * * * *,America/New_York",
    "*/20 1-3 * * *,Europe/Berlin",
    "15 3 * * 1-5,Australia/Lord_Howe",
    "0 0 1 * *,Africa/Casablanca",
  })
  void the_next_after_the_last_is_still_to_come_at_every_hour_of_a_year(String cron, String zone) {
    DueTimes times = DueTimes.of(cron, zone);
    Instant now = at("2026-01-01T00:00:07Z");
    for (int hour = 0; hour < 24 * 365; hour++, now = now.plus(Duration.ofHours(1))) {
      Instant last = times.lastUpTo(now).orElseThrow();
      assertThat(last).isBeforeOrEqualTo(now);
      assertThat(times.firstAfter(last).orElseThrow()).isAfter(now);
      assertThat(times.firstAfter(now)).isEqualTo(times.firstAfter(last));
    }
  }

  @Test
  void a_leap_day_is_found_over_eight_years() {
    assertThat(DueTimes.of("0 3 29 2 *", "UTC").firstAfter(at("2096-03-01T00:00:00Z")))
        .hasValue(at("2104-02-29T03:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "99 * * * *,UTC",
    "0 0 30 2 *,UTC",
    "'',UTC",
    "every night,UTC",
    "0 0 * * * *,UTC",
    "0 2 * * *,Mars/Olympus",
    "0 2 * * *,''",
  })
  void what_names_no_time_is_refused_with_its_place(String cron, String zone) {
    assertThatThrownBy(() -> DueTimes.of(cron, zone))
        .isInstanceOfSatisfying(
            BridgeException.class, e -> assertThat(e.code()).isEqualTo(RunError.SCHEDULE_INVALID));
  }

  private static List<Instant> from(DueTimes times, String start, int count) {
    List<Instant> found = new ArrayList<>();
    Instant now = at(start);
    for (int i = 0; i < count; i++) {
      now = times.firstAfter(now).orElseThrow();
      found.add(now);
    }
    return found;
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }
}
