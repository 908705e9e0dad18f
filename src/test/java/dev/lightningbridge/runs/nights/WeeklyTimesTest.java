package dev.lightningbridge.runs.nights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times that people say, and cron expressions that mean the same. */
class WeeklyTimesTest {
  @Test
  void a_time_alone_is_every_day() {
    WeeklyTimes times = WeeklyTimes.of("02:30", List.of());
    assertThat(times.cron()).isEqualTo("30 2 * * *");
    assertThat(times.words()).isEqualTo("every day at 02:30");
  }

  @Test
  void days_are_named_in_any_order_and_by_their_beginnings() {
    WeeklyTimes times = WeeklyTimes.of("9:05", List.of("Sunday", "mon", "FRI"));
    assertThat(times.cron()).isEqualTo("5 9 * * 1,5,0");
    assertThat(times.words()).isEqualTo("Monday, Friday and Sunday at 09:05");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 2 * * * | every day at 02:00",
        "15 14 * * 1-5 | Monday, Tuesday, Wednesday, Thursday and Friday at 14:15",
        "0 0 * * 0 | Sunday at 00:00",
        "0 0 * * 7 | Sunday at 00:00",
        "*/5 * * * * | at */5 * * * *",
        "0 2 1 * * | at 0 2 1 * *",
        "0 24 * * * | at 0 24 * * *"
      })
  void cron_is_told_in_words_where_it_says_no_more(String cron, String words) {
    assertThat(WeeklyTimes.words(cron)).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"00:00", "23:59", "07:30"})
  void what_is_written_as_cron_is_read_as_the_same(String time) {
    for (List<String> days : List.of(List.<String>of(), List.of("sun"), List.of("tue", "sat"))) {
      WeeklyTimes times = WeeklyTimes.of(time, days);
      assertThat(WeeklyTimes.ofCron(times.cron())).contains(times);
      assertThat(DueTimes.of(times.cron(), "Europe/Berlin").firstAfter(Instant.EPOCH)).isPresent();
    }
  }

  @Test
  void what_is_no_time_or_no_day_is_said() {
    assertThatThrownBy(() -> WeeklyTimes.of("25:00", List.of()))
        .hasMessageContaining("LB-7122")
        .hasMessageContaining("25:00");
    assertThatThrownBy(() -> WeeklyTimes.of("02:00", List.of("someday")))
        .hasMessageContaining("LB-7122")
        .hasMessageContaining("someday");
  }
}
