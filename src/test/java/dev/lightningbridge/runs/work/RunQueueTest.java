package dev.lightningbridge.runs.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.runs.CampGuard;
import dev.lightningbridge.runs.NightLab;
import dev.lightningbridge.runs.QueuePlace;
import dev.lightningbridge.runs.RunLab;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.request.RunError;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunQueueTest {
  @TempDir Path folder;

  private final List<String> searched = Collections.synchronizedList(new ArrayList<>());

  @Test
  void what_waits_is_run_and_ends_as_any_run_does() throws Exception {
    try (RunLab lab = new RunLab(folder, 40);
        RunQueue queue = queue(lab, 2, Set.of(), this::nothingFound)) {
      String id = queue.add(lab.request(), QueuePlace.LAST);
      assertThat(lab.runs.get(id).state()).isEqualTo(RunState.QUEUED);
      assertThat(queue.waiting().runs()).isEqualTo(1);
      queue.start();
      until(() -> lab.runs.get(id).finishedAt() != null);
      assertThat(lab.runs.get(id).state()).isEqualTo(RunState.HELD);
      assertThat(queue.waiting()).isEqualTo(new RunQueue.Waiting(0, 0));
    }
  }

  @Test
  void the_same_idempotency_key_is_the_same_run() {
    try (RunLab lab = new RunLab(folder, 40);
        RunQueue queue = queue(lab, 2, Set.of(), this::nothingFound)) {
      QueuePlace place = new QueuePlace(0, null, "key", null);
      String id = queue.add(lab.request(), place);
      assertThat(queue.add(lab.request(), place)).isEqualTo(id);
      assertThat(queue.add(lab.request(), QueuePlace.LAST)).isNotEqualTo(id);
    }
  }

  @Test
  void an_agent_has_one_run_at_a_time_and_higher_priorities_come_first() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (RunLab lab = new RunLab(folder, 40);
        RunQueue queue =
            queue(
                lab,
                4,
                Set.of(),
                (job, context) -> {
                  searched.add(job.runId());
                  most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                  pause(100);
                  atOnce.decrementAndGet();
                  return unchanged(job.seedPrompt());
                })) {
      String low = queue.add(lab.request(), QueuePlace.LAST);
      String high = queue.add(lab.request(), new QueuePlace(5, null, null, null));
      String middle = queue.add(lab.request(), new QueuePlace(1, null, null, null));
      queue.start();
      until(() -> lab.runs.get(low).finishedAt() != null);
      assertThat(most).hasValue(1);
      assertThat(searched).containsExactly(high, middle, low);
    }
  }

  @Test
  void a_run_with_a_label_is_left_to_servers_that_have_it() throws Exception {
    try (RunLab lab = new RunLab(folder, 40);
        RunQueue without = queue(lab, 2, Set.of(), this::nothingFound);
        RunQueue with = queue(lab, 2, Set.of("gpu"), this::nothingFound)) {
      String id = without.add(lab.request(), new QueuePlace(0, "gpu", null, null));
      String any = without.add(lab.request(), QueuePlace.LAST);
      without.start();
      until(() -> lab.runs.get(any).finishedAt() != null);
      assertThat(lab.runs.get(id).state()).isEqualTo(RunState.QUEUED);
      with.start();
      until(() -> lab.runs.get(id).finishedAt() != null);
    }
  }

  @Test
  void a_queued_run_whose_process_died_is_taken_up_and_one_of_a_command_line_is_not()
      throws Exception {
    try (RunLab lab = new RunLab(folder, 40);
        RunQueue queue = queue(lab, 2, Set.of(), this::nothingFound)) {
      String queued = queue.add(lab.request(), QueuePlace.LAST);
      String typed = lab.run(RunLab.engine(this::nothingFound), lab.request()).runId();
      lab.database
          .jdbi()
          .useHandle(
              h ->
                  h.execute(
                      "UPDATE runs SET state = 'running', finished_at = NULL, owner = 'gone/1/1',"
                          + " lease_until = 5"));
      queue.start();
      until(() -> lab.runs.get(queued).finishedAt() != null);
      assertThat(lab.runs.get(typed).finishedAt()).isNull();
      assertThat(lab.runs.log().events(queued).get(0).type()).isEqualTo("resumed");
    }
  }

  @Test
  void a_queued_run_can_be_cancelled_before_it_runs_and_put_back() throws Exception {
    try (RunLab lab = new RunLab(folder, 40);
        RunQueue queue = queue(lab, 2, Set.of(), this::nothingFound)) {
      String id = queue.add(lab.request(), QueuePlace.LAST);
      assertThat(lab.runs.cancel(id)).isTrue();
      queue.start();
      pause(50);
      assertThat(lab.runs.get(id).state()).isEqualTo(RunState.CANCELLED);
      queue.again(id);
      until(() -> lab.runs.get(id).state() == RunState.HELD);
    }
  }

  @Test
  void a_run_waits_from_when_it_was_put_into_the_queue_last() throws Exception {
    NightLab.SetClock clock = new NightLab.SetClock(Instant.parse("2026-01-20T12:00:00Z"));
    try (RunLab lab = new RunLab(folder, 40, clock, List.of("A"));
        RunQueue queue =
            new RunQueue(
                lab.database,
                lab.optimization(RunLab.engine(this::nothingFound)),
                1,
                Set.of(),
                clock)) {
      String id = queue.add(lab.request(), QueuePlace.LAST);
      clock.now = clock.now.plusSeconds(60);
      assertThat(queue.waiting()).isEqualTo(new RunQueue.Waiting(1, 60_000));
      lab.runs.cancel(id);
      queue.again(id);
      clock.now = clock.now.plusSeconds(3);
      assertThat(queue.waiting()).isEqualTo(new RunQueue.Waiting(1, 3_000));
    }
  }

  @Test
  void a_run_that_was_put_back_waits_for_its_turn_and_goes_on_with_new_events() throws Exception {
    try (RunLab lab = new RunLab(folder, 40);
        RunQueue queue = queue(lab, 2, Set.of(), this::nothingFound)) {
      lab.cancellation.request();
      String id = lab.run(RunLab.engine(this::nothingFound), lab.request()).runId();
      assertThat(lab.runs.get(id).state()).isEqualTo(RunState.CANCELLED);
      queue.again(id);
      assertThat(lab.runs.get(id).state()).isEqualTo(RunState.QUEUED);
      assertThat(queue.waiting().runs()).isEqualTo(1);
      queue.start();
      until(() -> lab.runs.get(id).state() == RunState.HELD);
      assertThat(lab.runs.log().events(id)).extracting(e -> e.type()).containsOnlyOnce("resumed");
      assertThat(lab.runs.log().eventsOfLastStart(id))
          .hasSizeLessThan(lab.runs.log().events(id).size());
    }
  }

  @Test
  void a_run_that_cannot_start_is_refused_when_it_is_added() {
    try (RunLab lab = new RunLab(folder, 40);
        RunQueue queue = queue(lab, 2, Set.of(), this::nothingFound)) {
      assertThatThrownBy(() -> queue.add(lab.ofSession("no-such"), QueuePlace.LAST))
          .isInstanceOf(BridgeException.class);
      assertThat(lab.runs.newest(10)).isEmpty();
    }
  }

  @Test
  void two_queues_on_one_database_run_each_run_once() throws Exception {
    try (RunLab lab = new RunLab(folder, 40);
        RunQueue one = queue(lab, 2, Set.of(), this::nothingFound);
        RunQueue two = queue(lab, 2, Set.of(), this::nothingFound)) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        ids.add(one.add(lab.request(), QueuePlace.LAST));
      }
      one.start();
      two.start();
      until(() -> ids.stream().allMatch(id -> lab.runs.get(id).finishedAt() != null));
      assertThat(searched).containsExactlyInAnyOrderElementsOf(ids);
    }
  }

  @Test
  void a_run_that_another_server_ended_since_it_was_looked_at_is_not_run_again() {
    try (RunLab lab = new RunLab(folder, 40);
        RunQueue queue = queue(lab, 2, Set.of(), this::nothingFound)) {
      PromptOptimizer engine = RunLab.engine(this::nothingFound);
      String id = queue.add(lab.request(), QueuePlace.LAST);
      lab.guard =
          camp -> {
            lab.guard = CampGuard.NONE;
            lab.resume(engine, id);
          };
      Optimization late = lab.optimization(engine);
      assertThatThrownBy(() -> late.resume(id, event -> {}, new Cancellation()))
          .isInstanceOfSatisfying(
              BridgeException.class, e -> assertThat(e.code()).isEqualTo(RunError.STILL_RUNNING));
      assertThat(searched).containsExactly(id);
    }
  }

  private OptimizationResult nothingFound(OptimizationJob job, PromptOptimizer.Context context) {
    searched.add(job.runId());
    return unchanged(job.seedPrompt());
  }

  private static OptimizationResult unchanged(String prompt) {
    return new OptimizationResult(prompt, 0.5, StopReason.FINISHED);
  }

  private static RunQueue queue(
      RunLab lab, int parallel, Set<String> labels, RunLab.Search search) {
    return new RunQueue(
        lab.database, lab.optimization(RunLab.engine(search)), parallel, labels, Clock.systemUTC());
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 2000 && !condition.getAsBoolean(); i++) {
      never.await(20, TimeUnit.MILLISECONDS);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
