package dev.lightningbridge.model;

import static dev.lightningbridge.model.ScriptedModel.answer;
import static dev.lightningbridge.model.ScriptedModel.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.model.CallJournal.Entry;
import dev.lightningbridge.store.BridgeDatabase;
import dev.lightningbridge.store.BridgeHome;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCallJournalTest {
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_234), ZoneOffset.UTC);
  private static final CallKey KEY = new CallKey("hash", 0);

  @TempDir Path folder;
  BridgeDatabase database;

  @BeforeEach
  void open() {
    database = BridgeDatabase.open(BridgeHome.open(folder.resolve("home")));
    for (String run : List.of("r1", "r2")) {
      database.useTransaction(
          h ->
              h.execute(
                  "INSERT INTO runs (id, state, engine, camp_path, session_id, lineage_id,"
                      + " baseline_id, baseline_prompt, seed, sandbox, request_json, created_at)"
                      + " VALUES (?, 'running', 'java', 'c', 's', 'l', 'b', 'p', 1, 1, '{}', 0)",
                  run));
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  private CallJournal journal(String run) {
    return new SqliteCallJournal(database, run, CLOCK);
  }

  private String state() {
    return database
        .jdbi()
        .withHandle(h -> h.select("SELECT state FROM calls").mapTo(String.class).one());
  }

  @Test
  void a_call_is_reserved_then_done_and_found_by_the_next_process() {
    CallJournal journal = journal("r1");
    journal.reserved(KEY, ModelRole.JUDGE, "m", new Spend(1, 100, 200, 0.5));
    assertThat(state()).isEqualTo("reserved");
    assertThat(journal("r1").find(KEY)).contains(new Entry.Reserved(new Spend(1, 100, 200, 0.5)));

    journal.done(KEY, answer("hello \u0000 🙂", 1, 2).body(), new Spend(1, 1, 2, 0.25));
    assertThat(state()).isEqualTo("done");
    Entry.Done done = (Entry.Done) journal("r1").find(KEY).orElseThrow();
    assertThat(done.answer()).hasToString(answer("hello \u0000 🙂", 1, 2).body().toString());
    assertThat(done.charged()).isEqualTo(new Spend(1, 1, 2, 0.25));
  }

  @Test
  void a_failure_is_kept_with_its_kind_and_may_be_reserved_again() {
    CallJournal journal = journal("r1");
    journal.reserved(KEY, ModelRole.WORKER, "m", new Spend(1, 1, 1, 0));
    journal.failed(
        KEY, new ModelException(ModelException.Kind.REFUSED, "no: really"), new Spend(1, 0, 0, 0));
    assertThat(journal("r1").find(KEY))
        .contains(
            new Entry.Failed(ModelException.Kind.REFUSED, "no: really", new Spend(1, 0, 0, 0)));

    journal.reserved(KEY, ModelRole.WORKER, "m", new Spend(2, 5, 5, 0));
    assertThat(journal("r1").find(KEY)).contains(new Entry.Reserved(new Spend(2, 5, 5, 0)));
  }

  @Test
  void runs_are_kept_apart_and_spent_is_the_runs_sum() {
    journal("r1").reserved(KEY, ModelRole.WORKER, "m", new Spend(2, 10, 20, 0.5));
    journal("r1").reserved(new CallKey("hash", 1), ModelRole.WORKER, "m", new Spend(1, 1, 2, 0.25));

    assertThat(journal("r1").spent()).isEqualTo(new Spend(3, 11, 22, 0.75));
    assertThat(journal("r2").spent()).isEqualTo(Spend.NOTHING);
    assertThat(journal("r2").find(KEY)).isEmpty();
  }

  @Test
  void a_run_that_is_not_there_is_an_error_and_the_journal_goes_on() {
    assertThatThrownBy(() -> journal("nowhere").reserved(KEY, ModelRole.WORKER, "m", Spend.NOTHING))
        .isInstanceOf(RuntimeException.class);
    journal("r1").reserved(KEY, ModelRole.WORKER, "m", Spend.NOTHING);
    assertThat(state()).isEqualTo("reserved");
  }

  @Test
  void an_answer_that_was_tampered_with_is_a_clear_error() {
    journal("r1").reserved(KEY, ModelRole.WORKER, "m", Spend.NOTHING);
    journal("r1").done(KEY, answer("a", 1, 1).body(), Spend.NOTHING);
    database.useTransaction(h -> h.execute("UPDATE calls SET answer_json = '{\"cut off'"));

    assertThatThrownBy(() -> journal("r1").find(KEY))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-3008");
  }

  @Test
  void writes_of_many_threads_are_all_kept() throws Exception {
    CallJournal journal = journal("r1");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        CallKey key = new CallKey("hash", i);
        writers.add(
            threads.submit(
                () -> {
                  journal.reserved(key, ModelRole.WORKER, "m", new Spend(1, 9, 9, 9));
                  journal.done(key, answer("a", 1, 1).body(), new Spend(1, 1, 1, 1));
                }));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    assertThat(journal("r1").spent()).isEqualTo(new Spend(200, 200, 200, 200));
  }

  @Test
  void a_gateway_over_it_resumes_without_repeating_a_call() throws ModelException {
    try (ModelGateway gateway =
        ModelGateway.before(ScriptedModel.answering()).journal(journal("r1")).build()) {
      gateway.complete(request("a"));
      gateway.complete(request("a"));
    }
    ScriptedModel model = ScriptedModel.answering();
    try (ModelGateway resumed = ModelGateway.before(model).journal(journal("r1")).build()) {
      assertThat(resumed.complete(request("a")).text()).isEqualTo("answer to a");
      assertThat(resumed.complete(request("a")).text()).isEqualTo("answer to a");
      assertThat(model.asked).isEmpty();
      resumed.complete(request("a"));
      assertThat(model.asked).hasSize(1);
      assertThat(resumed.spent().calls()).isEqualTo(3);
    }
  }
}
