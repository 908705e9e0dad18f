package dev.lightningbridge.lightning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WorkerWatchTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final WorkerSettings settings =
      WorkerSettings.DEFAULT.withPatience(
          Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(100));
  private final WorkerWatch watch = new WorkerWatch(settings, now::get);

  @Test
  void a_worker_that_beats_is_well_until_it_should_have_been_ready() {
    for (int second = 0; second <= 60; second++) {
      watch.heartbeat(second * 1000L);
      assertThat(watch.problem(0)).as("second " + second).isNull();
      pass(1);
    }
    watch.heartbeat(0);
    assertThat(watch.problem(0)).isEqualTo("Python was not ready within 60 s");
  }

  @Test
  void a_long_rollout_is_no_standstill() {
    watch.started();
    for (int second = 0; second < 500; second++) {
      pass(1);
      watch.heartbeat(0);
      assertThat(watch.problem(1)).isNull();
    }
    assertThat(watch.problem(0)).contains("nothing happened");
  }

  @Test
  void a_cancelled_worker_has_a_moment_to_end() {
    watch.started();
    watch.cancelled();
    pass(settings.cancel().toSeconds());
    watch.heartbeat(0);
    assertThat(watch.problem(0)).isNull();
    pass(1);
    assertThat(watch.problem(0)).contains("of being asked to");
  }

  private void pass(long seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }
}
