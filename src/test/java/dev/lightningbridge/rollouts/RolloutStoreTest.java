package dev.lightningbridge.rollouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.runs.NightLab.SetClock;
import dev.lightningbridge.store.BridgeDatabase;
import dev.lightningbridge.store.BridgeHome;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutStoreTest {
  @TempDir Path folder;
  private final SetClock clock = new SetClock(Instant.parse("2026-01-20T12:00:00Z"));
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
  void a_rollout_waits_until_a_runner_takes_it_and_each_is_taken_once() {
    String resources =
        store.addResources(
            json(
                "{'prompt_template': {'resource_type': 'prompt_template', 'template': 'T', 'engine':"
                    + " 'f-string'}}"));
    StoredRollout first =
        store.enqueue(json("{'task': 'a'}"), "val", resources, null, json("{'k': 1}"));
    StoredRollout second = store.enqueue(json("'b'"), null, null, null, null);
    assertThat(first.status()).isEqualTo(RolloutStatus.QUEUING);
    assertThat(first.attempt()).isNull();
    assertThat(second.resourcesId()).as("the latest").isEqualTo(resources);

    forward(3);
    StoredRollout taken = store.dequeue(1, "runner-1").getFirst();

    assertThat(taken.id()).isEqualTo(first.id());
    assertThat(taken.input()).isEqualTo(json("{'task': 'a'}"));
    assertThat(taken.metadata()).isEqualTo(json("{'k': 1}"));
    StoredRollout found = store.find(first.id()).orElseThrow();
    assertThat(found).isEqualTo(taken);
    assertThat(found.status()).isEqualTo(RolloutStatus.PREPARING);
    assertThat(found.attempt().startedAt()).isEqualTo(first.startedAt() + 3);
    assertThat(found.attempt().workerId()).isEqualTo("runner-1");
    assertThat(store.dequeue(5, null)).extracting(StoredRollout::id).containsExactly(second.id());
    assertThat(store.dequeue(5, null)).isEmpty();
  }

  @Test
  void runners_that_ask_at_once_never_take_the_same_one() throws Exception {
    for (int i = 0; i < 40; i++) {
      store.enqueue(json("" + i), null, null, null, null);
    }
    Set<String> taken = ConcurrentHashMap.newKeySet();
    List<Future<Integer>> counts = new ArrayList<>();
    try (ExecutorService runners = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        String worker = "runner-" + i;
        RolloutStore own = new RolloutStore(database, "mood", clock);
        counts.add(
            runners.submit(
                () -> {
                  int count = 0;
                  for (var got = own.dequeue(1, worker);
                      !got.isEmpty();
                      got = own.dequeue(1, worker)) {
                    taken.add(got.getFirst().id());
                    count++;
                  }
                  return count;
                }));
      }
    }
    int all = 0;
    for (Future<Integer> count : counts) {
      all += count.get();
    }
    assertThat(all).isEqualTo(40);
    assertThat(taken).hasSize(40);
  }

  @Test
  void spans_make_it_run_and_its_attempt_s_end_ends_it() {
    StoredRollout taken = taken(null);

    RolloutSpans.Added added =
        store
            .spans()
            .add(List.of(span(taken, "01", 2), span(taken, "02", -1), span(taken, "03", 1)));

    assertThat(added.kept())
        .extracting(s -> s.path("sequence_id").asInt())
        .containsExactly(2, 3, 1);
    assertThat(store.find(taken.id()).orElseThrow().status()).isEqualTo(RolloutStatus.RUNNING);
    assertThat(store.spans(taken.id()))
        .extracting(s -> s.path("span_id").asText())
        .containsExactly("03", "01", "02");
    assertThat(store.spans().next(taken.id())).isEqualTo(4);

    store.attempts().update(taken.id(), "latest", json("{'status': 'succeeded'}"));
    StoredRollout ended = store.find(taken.id()).orElseThrow();
    assertThat(ended.status()).isEqualTo(RolloutStatus.SUCCEEDED);
    assertThat(ended.endedAt()).isEqualTo(ended.attempt().endedAt()).isNotNull();
  }

  @Test
  void a_span_that_comes_again_is_kept_once() {
    StoredRollout taken = taken(null);
    store.spans().add(List.of(span(taken, "01", 1)));

    RolloutSpans.Added again = store.spans().add(List.of(span(taken, "01", 1)));

    assertThat(again.kept()).isEmpty();
    assertThat(again.refused()).isEmpty();
    assertThat(store.spans(taken.id())).hasSize(1);
  }

  @Test
  void a_span_of_nobody_is_refused_and_the_others_are_kept() {
    StoredRollout taken = taken(null);
    ObjectNode lost = span(taken, "01", 1).put("rollout_id", "ro-none");

    RolloutSpans.Added added = store.spans().add(List.of(lost, span(taken, "02", 2)));

    assertThat(added.kept()).hasSize(1);
    assertThat(added.refused())
        .singleElement()
        .satisfies(why -> assertThat(why.code()).isEqualTo(RolloutError.UNKNOWN));
  }

  @Test
  void a_runner_that_died_loses_its_rollout_to_the_next_one_and_then_it_failed() {
    String rules =
        "{'unresponsive_seconds': 5, 'max_attempts': 2, 'retry_condition': ['unresponsive']}";
    StoredRollout first = taken(rules);
    store.spans().add(List.of(span(first, "01", 1)));
    forward(4);
    assertThat(store.find(first.id()).orElseThrow().status()).isEqualTo(RolloutStatus.RUNNING);
    forward(2);
    assertThat(store.find(first.id()).orElseThrow().status()).isEqualTo(RolloutStatus.REQUEUING);

    StoredRollout second = store.dequeue(1, "runner-2").getFirst();
    assertThat(second.id()).isEqualTo(first.id());
    assertThat(second.attempt().number()).isEqualTo(2);
    assertThat(store.spans(first.id())).as("of the latest attempt").isEmpty();

    forward(6);
    StoredRollout ended = store.find(first.id()).orElseThrow();
    assertThat(ended.status()).isEqualTo(RolloutStatus.FAILED);
    assertThat(ended.attempt().status()).isEqualTo(AttemptStatus.UNRESPONSIVE);
    assertThat(store.attempts().query(first.id(), RowPage.ALL).items())
        .extracting(StoredAttempt::status)
        .containsExactly(AttemptStatus.UNRESPONSIVE, AttemptStatus.UNRESPONSIVE);
  }

  @Test
  void a_silent_attempt_is_not_given_up_while_its_runner_says_that_it_is_there() {
    StoredRollout taken = taken("{'unresponsive_seconds': 5}");
    for (int beat = 0; beat < 4; beat++) {
      forward(4);
      store.workers().heartbeat("runner-1", null);
    }
    assertThat(store.find(taken.id()).orElseThrow().status()).isEqualTo(RolloutStatus.PREPARING);

    store.dequeue(1, "runner-1");
    assertThat(store.find(taken.id()).orElseThrow().status())
        .as("one of its name asks for other work, so it has been started again")
        .isEqualTo(RolloutStatus.FAILED);
  }

  @Test
  void an_attempt_that_takes_too_long_times_out_though_it_is_heard_of() {
    StoredRollout taken = taken("{'timeout_seconds': 10}");
    forward(11);
    store.spans().add(List.of(span(taken, "01", 1)));

    assertThat(store.query(RowFilter.all(), RowPage.ALL).items())
        .extracting(StoredRollout::status)
        .containsExactly(RolloutStatus.FAILED);
    assertThat(store.find(taken.id()).orElseThrow().attempt().status())
        .isEqualTo(AttemptStatus.TIMEOUT);
  }

  @Test
  void what_is_cancelled_is_not_taken_and_stays_cancelled_when_its_runner_fails() {
    String rules = "{'max_attempts': 2, 'retry_condition': ['failed']}";
    StoredRollout running = taken(rules);
    StoredRollout waiting = store.enqueue(json("1"), null, null, null, null);
    store.cancel(running.id());
    store.cancel(waiting.id());

    store.attempts().update(running.id(), "latest", json("{'status': 'failed'}"));

    assertThat(store.dequeue(5, null)).isEmpty();
    assertThat(store.find(running.id()).orElseThrow().status()).isEqualTo(RolloutStatus.CANCELLED);
    assertThat(store.find(waiting.id()).orElseThrow().endedAt()).isNotNull();
  }

  @Test
  void an_agent_s_store_knows_nothing_of_another_s() {
    StoredRollout taken = taken(null);
    store.addResources(json("{}"));
    RolloutStore other = new RolloutStore(database, "other", clock);

    assertThat(other.find(taken.id())).isEmpty();
    assertThat(other.dequeue(5, null)).isEmpty();
    assertThat(other.resources().latest()).isEmpty();
    assertThat(other.query(RowFilter.all(), RowPage.ALL).total()).isZero();
    assertThat(other.attempts().query(taken.id(), RowPage.ALL).items()).isEmpty();
    assertThat(other.spans().add(List.of(span(taken, "01", 1))).refused()).hasSize(1);
    assertThatThrownBy(() -> other.cancel(taken.id())).isInstanceOf(BridgeException.class);
    assertThat(other.workers().query(RowFilter.all(), RowPage.ALL).items()).isEmpty();
  }

  @Test
  void rows_are_chosen_sorted_and_cut_into_pages() {
    for (String mode : List.of("val", "train", "test", "train")) {
      store.enqueue(json("'" + mode + "'"), mode, null, null, null);
      forward(1);
    }
    StoredRollout taken = store.dequeue(1, null).getFirst();

    var waiting =
        store.query(
            RowFilter.all().within("status", List.of("queuing")),
            new RowPage(2, 1, "start_time", true));
    assertThat(waiting.total()).isEqualTo(3);
    assertThat(waiting.items()).extracting(StoredRollout::mode).containsExactly("test", "train");
    assertThat(
            store
                .query(
                    RowFilter.any()
                        .within("status", List.of("failed"))
                        .contains("rollout_id", taken.id().substring(4)),
                    RowPage.ALL)
                .items())
        .containsExactly(taken);
    assertThat(store.query(RowFilter.all().within("rollout_id", List.of()), RowPage.ALL).items())
        .isEmpty();
    assertThatThrownBy(
            () -> store.query(RowFilter.all(), new RowPage(-1, 0, "input; DROP TABLE x", false)))
        .isInstanceOf(BridgeException.class);
  }

  @Test
  void resources_that_are_replaced_are_the_latest_again() {
    String first = store.addResources(json("{}"));
    forward(1);
    String second = store.addResources(json("{}"));
    assertThat(store.resources().latest().orElseThrow().path("resources_id").asText())
        .isEqualTo(second);
    forward(1);
    JsonNode llm = json("{'llm': {'resource_type': 'llm', 'endpoint': 'e', 'model': 'm'}}");

    store.resources().put(first, llm);

    ObjectNode latest = store.resources().latest().orElseThrow();
    assertThat(latest.path("resources_id").asText()).isEqualTo(first);
    assertThat(latest.path("version").asInt()).isEqualTo(2);
    assertThat(latest.path("resources")).isEqualTo(llm);
    assertThatThrownBy(() -> store.addResources(json("{'x': 1}")))
        .isInstanceOf(BridgeException.class);
  }

  @Test
  void what_is_over_is_forgotten_and_what_waits_or_runs_stays() {
    String resources = store.addResources(json("{}"));
    StoredRollout over = taken(null);
    store.spans().add(List.of(span(over, "01", 1)));
    store.attempts().update(over.id(), "latest", json("{'status': 'succeeded'}"));
    StoredRollout running = taken(null);
    StoredRollout waiting = store.enqueue(json("1"), null, null, null, null);
    forward(100);
    String latest = store.addResources(json("{}"));

    store.forget(clock.now);

    assertThat(store.find(over.id())).isEmpty();
    assertThat(store.spans(over.id())).isEmpty();
    assertThat(store.find(running.id())).isPresent();
    assertThat(store.find(waiting.id())).isPresent();
    assertThat(store.statistics().path("total_spans").asInt()).isZero();
    assertThat(store.statistics().path("total_attempts").asInt()).isEqualTo(1);
    assertThat(store.resources().find(resources)).as("those of a rollout").isPresent();
    assertThat(store.resources().find(latest)).isPresent();
    store.cancel(running.id());
    store.cancel(waiting.id());
    forward(100);
    store.forget(clock.now);
    assertThat(store.resources().find(resources)).isEmpty();
    assertThat(store.resources().find(latest)).isPresent();
    assertThat(store.workers().find("runner-1")).isEmpty();
  }

  @Test
  void a_rollout_takes_so_many_spans_and_no_more() {
    StoredRollout taken = taken(null);
    RolloutSpans spans = new RolloutSpans(database, "mood", clock, 2);

    RolloutSpans.Added added =
        spans.add(List.of(span(taken, "01", 1), span(taken, "02", 2), span(taken, "03", 3)));

    assertThat(added.kept()).hasSize(2);
    assertThat(added.refused())
        .extracting(BridgeException::code)
        .containsExactly(RolloutError.TOO_MUCH);
    assertThat(store.spans(taken.id())).hasSize(2);
  }

  @Test
  void a_runner_is_busy_while_it_has_an_attempt() {
    store.dequeue(1, "runner-1");
    assertThat(worker()).isEqualTo("idle");
    StoredRollout taken = taken(null);
    assertThat(worker()).isEqualTo("busy");
    store.attempts().update(taken.id(), "latest", json("{'status': 'succeeded'}"));
    assertThat(worker()).isEqualTo("idle");
    ObjectNode told = store.workers().heartbeat("runner-1", json("{'cpu': 0.5}"));
    assertThat(told.path("heartbeat_stats").path("cpu").asDouble()).isEqualTo(0.5);
  }

  private void forward(int seconds) {
    clock.now = clock.now.plusSeconds(seconds);
  }

  private String worker() {
    return store.workers().find("runner-1").orElseThrow().path("status").asText();
  }

  private StoredRollout taken(String rules) {
    store.enqueue(json("'x'"), null, null, rules == null ? null : json(rules), null);
    return store.dequeue(1, "runner-1").getFirst();
  }

  private static ObjectNode span(StoredRollout of, String id, int sequence) {
    return Json.mapper()
        .createObjectNode()
        .put("rollout_id", of.id())
        .put("attempt_id", of.attempt().id())
        .put("sequence_id", sequence)
        .put("trace_id", "0af7")
        .put("span_id", id)
        .put("name", "agentlightning.message");
  }

  private static JsonNode json(String text) {
    return Json.read(text.replace('\'', '"'), JsonNode.class);
  }
}
