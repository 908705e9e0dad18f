package dev.lightningbridge.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.runs.NightLab.Server;
import dev.lightningbridge.runs.nights.Night;
import dev.lightningbridge.runs.nights.NightWatchTest;
import dev.lightningbridge.runs.nights.Schedule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When nights are: each of their times once, whatever the clock does. */
@Timeout(60)
public class NightTimesTest {
  private static final Duration OFTEN = Duration.ofMinutes(10);

  @TempDir Path folder;
  NightLab lab;
  Server server;

  @BeforeEach
  void openLab() {
    lab = new NightLab(folder);
    server = lab.server(lab.good());
  }

  @AfterEach
  void closeLab() {
    lab.close();
  }

  @Test
  void without_a_schedule_nothing_happens() {
    lab.tickUntil(server, "2026-01-23T12:00:00Z", OFTEN);
    assertThat(lab.all()).isEmpty();
  }

  @Test
  void a_night_begins_at_its_time_on_the_clocks_of_its_zone_and_once_a_day() {
    lab.schedules.put(lab.idle());
    assertThat(lab.schedules.get("s1").nextAt()).isEqualTo(millis("2026-01-21T01:30:00Z"));
    lab.tickUntil(server, "2026-01-21T01:29:00Z", OFTEN);
    assertThat(lab.all()).isEmpty();
    lab.tickUntil(server, "2026-01-23T12:00:00Z", OFTEN);
    assertThat(dueTimes())
        .containsExactly("2026-01-23T01:30:00Z", "2026-01-22T01:30:00Z", "2026-01-21T01:30:00Z");
    assertThat(lab.all()).allMatch(night -> night.remark() == null);
  }

  @Test
  void missed_nights_are_made_up_once_and_it_is_said() {
    lab.schedules.put(lab.idle());
    lab.clock.set("2026-01-26T09:00:00Z");
    server.watch().tick();
    server.watch().tick();
    Night night = lab.only();
    assertThat(night.dueAt()).isEqualTo(millis("2026-01-26T01:30:00Z"));
    assertThat(night.remark()).contains("2026-01-26 02:30").contains("Europe/Berlin");
  }

  @Test
  void what_was_due_while_the_schedule_was_disabled_is_not_made_up() {
    Schedule nightly = lab.idle();
    lab.schedules.put(NightWatchTest.disabled(nightly));
    lab.tickUntil(server, "2026-01-22T12:00:00Z", OFTEN);
    lab.schedules.put(nightly);
    server.watch().tick();
    assertThat(lab.all()).isEmpty();
    lab.tickUntil(server, "2026-01-23T12:00:00Z", OFTEN);
    assertThat(dueTimes()).containsExactly("2026-01-23T01:30:00Z");
  }

  @Test
  void a_change_of_anything_but_the_times_loses_no_night_and_repeats_none() {
    lab.schedules.put(lab.idle());
    lab.clock.set("2026-01-21T01:31:00Z");
    lab.schedules.put(lab.nightly(999));
    server.watch().tick();
    lab.schedules.put(lab.nightly(998));
    server.watch().tick();
    assertThat(dueTimes()).containsExactly("2026-01-21T01:30:00Z");
  }

  @Test
  void a_night_is_skipped_while_the_former_one_runs_and_it_is_said() throws Exception {
    lab.schedules.put(lab.nightly(10));
    lab.clock.set("2026-01-21T01:30:00Z");
    server.watch().tick();
    lab.tickUntil(server, "2026-01-22T12:00:00Z", OFTEN);
    List<Night> nights = lab.all();
    assertThat(nights)
        .extracting(Night::state)
        .containsExactly(Night.State.SKIPPED, Night.State.RUNNING);
    assertThat(nights.get(0).remark()).contains(nights.get(1).id());
    assertThat(nights.get(0).picked()).isEmpty();
    server.queue().start();
    lab.finish(server);
    server.watch().tick();
    assertThat(lab.all()).hasSize(2);
  }

  @Test
  void when_the_clocks_jump_over_its_time_there_is_one_night() {
    lab.clock.set("2026-03-27T12:00:00Z");
    lab.schedules.put(lab.idle());
    lab.tickUntil(server, "2026-03-30T12:00:00Z", OFTEN);
    assertThat(dueTimes())
        .containsExactly("2026-03-30T00:30:00Z", "2026-03-29T01:30:00Z", "2026-03-28T01:30:00Z");
  }

  @Test
  void when_the_clocks_show_its_time_twice_there_is_one_night() {
    lab.clock.set("2026-10-23T12:00:00Z");
    lab.schedules.put(lab.idle());
    lab.tickUntil(server, "2026-10-26T12:00:00Z", OFTEN);
    assertThat(dueTimes())
        .containsExactly("2026-10-26T01:30:00Z", "2026-10-25T00:30:00Z", "2026-10-24T00:30:00Z");
  }

  @Test
  void a_clock_that_is_set_back_repeats_no_night() {
    lab.schedules.put(lab.idle());
    lab.tickUntil(server, "2026-01-21T01:40:00Z", OFTEN);
    lab.clock.set("2026-01-21T00:10:00Z");
    lab.tickUntil(server, "2026-01-21T12:00:00Z", OFTEN);
    assertThat(dueTimes()).containsExactly("2026-01-21T01:30:00Z");
  }

  @Test
  void a_clock_that_was_wrong_by_months_keeps_no_night_away() {
    lab.schedules.put(lab.idle());
    lab.clock.set("2026-06-01T12:00:00Z");
    server.watch().tick();
    lab.clock.set("2026-01-20T13:00:00Z");
    server.watch().tick();
    assertThat(lab.all()).hasSize(1);
    lab.tickUntil(server, "2026-01-21T12:00:00Z", OFTEN);
    assertThat(dueTimes())
        .containsExactlyInAnyOrder("2026-06-01T00:30:00Z", "2026-01-21T01:30:00Z");
  }

  private List<String> dueTimes() {
    return lab.all().stream().map(night -> Instant.ofEpochMilli(night.dueAt()).toString()).toList();
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
