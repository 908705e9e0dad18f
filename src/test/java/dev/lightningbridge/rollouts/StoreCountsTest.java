package dev.lightningbridge.rollouts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.runs.NightLab.SetClock;
import dev.lightningbridge.store.BridgeDatabase;
import dev.lightningbridge.store.BridgeHome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCountsTest {
  private static final Instant NOON = Instant.parse("2026-01-20T12:00:00Z");
  private static final ObjectNode RUN = Json.mapper().createObjectNode().put("run", "r-1");

  @TempDir Path folder;
  private final SetClock clock = new SetClock(NOON);
  private BridgeDatabase database;
  private RolloutStore store;

  BridgeDatabase database() {
    return BridgeDatabase.open(BridgeHome.open(folder));
  }

  @BeforeEach
  void open() {
    database = database();
    store = new RolloutStore(database, "mood", clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_store_says_how_many_rollouts_wait_run_and_are_finished() {
    asked(6);
    ended(taken("runner-1"), "succeeded");
    ended(taken("runner-1"), "failed");
    store.cancel(taken("runner-1").id());
    taken("runner-1");

    StoreCounts.Standing standing = store.counts().standing(NOON);

    assertThat(standing.waiting()).isEqualTo(2);
    assertThat(standing.running()).isEqualTo(1);
    assertThat(standing.finished()).isEqualTo(3);
    assertThat(standing.failed()).isEqualTo(1);
    assertThat(new RolloutStore(database, "other", clock).counts().standing(NOON))
        .isEqualTo(new StoreCounts.Standing(0, 0, 0, 0, 0, null));
  }

  @Test
  void a_runner_is_seen_when_it_asks_for_work_or_says_that_it_is_there() {
    assertThat(store.workers().lastSeen()).isEmpty();
    store.dequeue(1, "runner-1");
    clock.now = NOON.plusSeconds(30);
    store.workers().heartbeat("runner-2", null);
    clock.now = NOON.plusSeconds(50);

    assertThat(store.workers().lastSeen()).contains(NOON.plusSeconds(30));
    assertThat(store.counts().standing(NOON).runners()).isEqualTo(2);
    assertThat(store.counts().standing(NOON.plusSeconds(1)).runners()).isEqualTo(1);
    assertThat(store.counts().standing(NOON.plusSeconds(31)).runners()).isZero();
  }

  @Test
  void one_whose_attempt_was_given_up_was_not_seen_then() {
    store.enqueue(json("1"), null, null, json("{\"unresponsive_seconds\": 5}"), null);
    taken("runner-1");
    clock.now = NOON.plusSeconds(60);
    assertThat(store.query(RowFilter.all(), RowPage.ALL).items())
        .allMatch(rollout -> rollout.status() == RolloutStatus.FAILED);

    assertThat(store.workers().lastSeen()).contains(NOON);
  }

  @Test
  void of_the_rollouts_of_a_run_those_are_counted_that_succeeded_without_a_span() {
    asked(1);
    ended(taken("runner-1"), "succeeded");
    for (String end : List.of("succeeded", "succeeded", "failed")) {
      store.enqueue(json("1"), "val", null, null, RUN);
      ended(taken("runner-1"), end);
    }
    assertThat(store.counts().succeeded(RUN)).isEqualTo(new StoreCounts.Succeeded(2, 2));
    store.enqueue(json("1"), "val", null, null, RUN);
    StoredRollout telling = taken("runner-1");
    ObjectNode span =
        Json.mapper()
            .createObjectNode()
            .put("rollout_id", telling.id())
            .put("attempt_id", Objects.requireNonNull(telling.attempt()).id())
            .put("sequence_id", 1)
            .put("trace_id", "01")
            .put("span_id", "02")
            .put("name", "agentlightning.message");
    assertThat(store.spans().add(List.of(span)).refused()).isEmpty();
    ended(telling, "succeeded");

    assertThat(store.counts().succeeded(RUN)).isEqualTo(new StoreCounts.Succeeded(3, 2));
    assertThat(store.counts().succeeded(json("{\"run\": \"r-2\"}")))
        .isEqualTo(new StoreCounts.Succeeded(0, 0));
  }

  private void asked(int rollouts) {
    for (int i = 0; i < rollouts; i++) {
      store.enqueue(json("" + i), null, null, null, null);
    }
  }

  private StoredRollout taken(String runner) {
    return store.dequeue(1, runner).getFirst();
  }

  private void ended(StoredRollout rollout, String status) {
    store
        .attempts()
        .update(rollout.id(), "latest", Json.mapper().createObjectNode().put("status", status));
  }

  private static JsonNode json(String text) {
    return Json.read(text, JsonNode.class);
  }
}
