package dev.lightningbridge.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.needs.Need;
import dev.lightningbridge.needs.Needs;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.runs.NightLab.Server;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.promotion.Promotion;
import dev.lightningbridge.runs.promotion.ProposalList;
import dev.lightningbridge.runs.work.RunQueue;
import dev.lightningbridge.store.BridgeDatabase;
import dev.lightningbridge.store.PostgresServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs, queue and nights in a PostgreSQL database. */
@Timeout(120)
@Needs(Need.POSTGRESQL)
class SharedDatabaseTest {
  private static PostgresServer server;

  @TempDir Path folder;

  @BeforeAll
  static void startServer() {
    server = PostgresServer.started();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void a_run_is_proposed_promoted_and_taken_back() {
    try (RunLab lab = lab(BridgeDatabase.open(server.newDatabase()))) {
      lab.acceptJudge = true;
      RunResult result = lab.run(good(lab), lab.request());
      assertThat(result.state()).isEqualTo(RunState.WAITING_FOR_APPROVAL);
      assertThat(result.calls()).isEqualTo(lab.runs.spending().of(result.runId()).calls());
      assertThat(new RunList(lab.database).page(RunList.Filter.ALL, null, 5)).hasSize(1);
      assertThat(new ProposalList(lab.database).page(null, null, 5)).hasSize(1);
      assertThat(new ProposalList(lab.database).page("waiting", null, 5)).hasSize(1);
      assertThat(new EvidenceStore(lab.database).of(result.runId())).isNotEmpty();
      Promotion promotion =
          lab.promotions.promote(String.valueOf(result.proposalId()), false, Set.of());
      assertThat(lab.runs.get(result.runId()).state()).isEqualTo(RunState.PROMOTED);
      assertThat(lab.promotions.rollback(promotion.promotionId()).state()).isEqualTo("rolled_back");
    }
  }

  @Test
  void a_run_that_broke_off_repeats_no_finished_call() {
    try (RunLab lab = lab(BridgeDatabase.open(server.newDatabase()))) {
      lab.acceptJudge = true;
      PromptOptimizer good = good(lab);
      try {
        lab.run(
            RunLab.engine(
                (job, context) -> {
                  good.optimize(job, context);
                  throw new IllegalStateException("broke off");
                }),
            lab.request(Limits.NONE, false, null));
      } catch (IllegalStateException e) {
        assertThat(e).hasMessage("broke off");
      }
      String id = lab.runs.newest(1).get(0).id();
      List<String> before = done(lab, id);
      assertThat(before).isNotEmpty();
      assertThat(lab.resume(good, id).state()).isEqualTo(RunState.WAITING_FOR_APPROVAL);
      assertThat(done(lab, id)).containsAll(before);
    }
  }

  private static List<String> done(RunLab lab, String runId) {
    return lab.database.reading(
        h ->
            h.createQuery(
                    """
                    SELECT request_hash || '/' || ordinal || ' ' || done_at FROM calls
                    WHERE run_id = :id AND state = 'done'
                    """)
                .bind("id", runId)
                .mapTo(String.class)
                .list());
  }

  @Test
  void three_servers_run_each_run_once_also_those_of_one_that_died() throws Exception {
    List<String> searched = Collections.synchronizedList(new ArrayList<>());
    PromptOptimizer engine =
        RunLab.engine(
            (job, context) -> {
              searched.add(job.runId());
              return new OptimizationResult(job.seedPrompt(), 0.5, StopReason.FINISHED);
            });
    var settings = server.newDatabase();
    try (RunLab lab = lab(BridgeDatabase.open(settings));
        BridgeDatabase second = BridgeDatabase.open(settings);
        BridgeDatabase third = BridgeDatabase.open(settings)) {
      List<RunQueue> queues = new ArrayList<>();
      for (BridgeDatabase database : List.of(lab.database, second, third)) {
        queues.add(
            new RunQueue(database, lab.optimization(engine), 2, Set.of(), Clock.systemUTC()));
      }
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        ids.add(queues.get(0).add(lab.request(), QueuePlace.LAST));
      }
      lab.database.useTransaction(
          h ->
              h.execute(
                  "UPDATE runs SET state = 'running', owner = 'gone/1/1', lease_until = 5 WHERE id = ?",
                  ids.get(0)));
      queues.forEach(RunQueue::start);
      until(() -> ids.stream().allMatch(id -> lab.runs.get(id).finishedAt() != null));
      queues.forEach(RunQueue::close);
      assertThat(searched).containsExactlyInAnyOrderElementsOf(ids);
    }
  }

  @Test
  void a_night_is_made_once_by_two_servers() throws Exception {
    try (NightLab lab = new NightLab(folder, BridgeDatabase.open(server.newDatabase()))) {
      lab.schedules.put(lab.nightly(10));
      List<Server> servers = List.of(lab.server(lab.good()), lab.server(lab.good()));
      lab.clock.set("2026-01-21T01:30:00Z");
      CyclicBarrier together = new CyclicBarrier(servers.size());
      try (ExecutorService threads = Executors.newFixedThreadPool(servers.size())) {
        for (int i = 0; i < 5; i++) {
          List<Callable<Object>> ticks = new ArrayList<>();
          for (Server each : servers) {
            ticks.add(
                () -> {
                  together.await();
                  each.watch().tick();
                  return "";
                });
          }
          for (Future<Object> tick : threads.invokeAll(ticks)) {
            tick.get();
          }
        }
      }
      assertThat(lab.only().picked()).hasSize(2);
      assertThat(lab.lab.runs.newest(10)).hasSize(2);
      servers.get(0).queue().start();
      lab.finish(servers.get(1));
      assertThat(lab.only().proposals()).isEqualTo(2);
      assertThat(lab.nights.newest(10, "s1", lab.only().id())).isEmpty();
    }
  }

  private RunLab lab(BridgeDatabase database) {
    return new RunLab(folder, 40, Clock.systemUTC(), List.of("A"), database);
  }

  private static PromptOptimizer good(RunLab lab) {
    return lab.finding(RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE));
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 3000 && !condition.getAsBoolean(); i++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
