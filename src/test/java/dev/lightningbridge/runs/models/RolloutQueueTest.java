package dev.lightningbridge.runs.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.agent.AglQueue;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.rollouts.RolloutStore;
import dev.lightningbridge.rollouts.RowFilter;
import dev.lightningbridge.rollouts.RowPage;
import dev.lightningbridge.runs.NightLab.SetClock;
import dev.lightningbridge.store.BridgeDatabase;
import dev.lightningbridge.store.BridgeHome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run's queue over the store in bridge.db. */
class RolloutQueueTest {
  private static final Instant START = Instant.parse("2026-01-20T12:00:00Z");
  private static final ObjectNode NONE = Json.mapper().createObjectNode();

  @TempDir Path folder;
  private final SetClock clock = new SetClock(START);
  private BridgeDatabase database;
  private RolloutStore store;
  private final List<String> notices = new ArrayList<>();

  @BeforeEach
  void open() {
    database = BridgeDatabase.open(BridgeHome.open(folder));
    store = new RolloutStore(database, "support", clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private RolloutQueue queue(String run) {
    return RolloutQueue.of(store, run, new LostSpans("support", notices::add));
  }

  private static String enqueued(AglQueue queue) {
    return queue.enqueue(NONE, NONE, NONE);
  }

  private static String status(AglQueue queue, String rollout) {
    return queue.find(rollout).orElseThrow().status();
  }

  @Test
  void what_an_earlier_process_of_the_run_left_is_taken_back_and_nothing_else() {
    AglQueue before = queue("run-1");
    String waiting = enqueued(before);
    String taken = store.dequeue(1, "Worker-0").getFirst().id();
    String running = enqueued(before);
    String others = enqueued(queue("run-2"));
    assertThat(taken).isEqualTo(waiting);

    AglQueue after = queue("run-1");

    assertThat(status(after, taken)).isEqualTo("cancelled");
    assertThat(status(after, running)).isEqualTo("cancelled");
    assertThat(status(after, others)).isEqualTo("queuing");
  }

  @Test
  void one_that_has_ended_or_is_not_there_any_more_cannot_be_taken_back() {
    AglQueue queue = queue("run-1");
    String rollout = succeeded(queue);
    queue.cancel(rollout);
    queue.cancel("ro-none");
    assertThat(status(queue, rollout)).isEqualTo("succeeded");
  }

  @Test
  void what_a_rollout_was_run_with_is_kept_no_longer_than_it_runs() {
    AglQueue queue = queue("run-1");
    String ended = enqueued(queue);
    String left = enqueued(queue);
    String others = enqueued(queue("run-2"));
    assertThat(resources()).isEqualTo(3);

    queue.cancel(ended);
    assertThat(resources()).isEqualTo(2);
    queue("run-1");

    assertThat(store.find(left).orElseThrow().status().isFinished()).isTrue();
    assertThat(resources()).isEqualTo(1);
    assertThat(store.resources().find(store.find(others).orElseThrow().resourcesId())).isPresent();
  }

  @Test
  void lost_spans_are_said_at_the_first_rollout_and_counted_over_all_processes_of_the_run() {
    assertThat(queue("run-1").remark()).isEmpty();
    succeeded(queue("run-1"));
    succeeded(queue("run-2"));
    RolloutQueue after = queue("run-1");
    succeeded(after);
    assertThat(notices).isEmpty();
    after.silent("ro-1");
    after.silent("ro-2");

    assertThat(notices).singleElement().asString().contains("sent no spans");
    assertThat(after.remark().orElseThrow())
        .startsWith("Of 2 rollouts of agentlightning's agent support 2 sent no spans");
  }

  private String succeeded(AglQueue queue) {
    String rollout = enqueued(queue);
    store.dequeue(1, "Worker-0");
    store
        .attempts()
        .update(rollout, "latest", Json.mapper().createObjectNode().put("status", "succeeded"));
    return rollout;
  }

  private int resources() {
    return store.resources().query(RowFilter.all(), RowPage.ALL).items().size();
  }

  @Test
  void a_rollout_is_told_of_with_when_its_runner_took_it() {
    AglQueue queue = queue("run-1");
    String rollout = enqueued(queue);
    assertThat(queue.find(rollout)).contains(new AglQueue.State("queuing", null, null));
    assertThat(queue.find("ro-none")).isEmpty();
    clock.now = START.plusSeconds(3);
    store.dequeue(1, "Worker-0");
    assertThat(queue.find(rollout))
        .contains(new AglQueue.State("preparing", "preparing", START.plusSeconds(3)));
  }

  @Test
  void a_runner_is_seen_when_it_asks_and_when_it_says_that_it_is_there() {
    AglQueue queue = queue("run-1");
    assertThat(queue.runnerSeen()).isEmpty();
    store.dequeue(1, "Worker-0");
    assertThat(queue.runnerSeen()).contains(START);
    clock.now = START.plusSeconds(5);
    store.workers().heartbeat("Worker-1", null);
    assertThat(queue.runnerSeen()).contains(START.plusSeconds(5));
  }
}
