package dev.lightningbridge.runs.nights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.dataset.Pool;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.NightLab;
import dev.lightningbridge.runs.NightLab.Server;
import dev.lightningbridge.runs.NightTimesTest;
import dev.lightningbridge.runs.QueuePlace;
import dev.lightningbridge.runs.RunLab;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.RunError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What nights pick, run and say; {@link NightTimesTest} has when they are. */
@Timeout(60)
public class NightWatchTest {
  @TempDir Path folder;
  NightLab lab;

  @BeforeEach
  void openLab() {
    lab = new NightLab(folder);
  }

  @AfterEach
  void closeLab() {
    lab.close();
  }

  @Test
  void a_night_runs_what_was_scored_and_its_digest_says_what_came_of_it() throws Exception {
    Server server = lab.server(lab.good());
    lab.schedules.put(lab.nightly(10));
    lab.clock.set("2026-01-21T01:30:00Z");
    server.watch().tick();
    Night begun = lab.only();
    assertThat(begun.state()).isEqualTo(Night.State.RUNNING);
    assertThat(begun.picked()).extracting(Night.Picked::run).containsOnly(RunState.QUEUED);

    server.queue().start();
    lab.finish(server);

    Night night = lab.nights.get(begun.id());
    assertThat(night.state()).isEqualTo(Night.State.ENDED);
    assertThat(night.dueAt()).isEqualTo(Instant.parse("2026-01-21T01:30:00Z").toEpochMilli());
    assertThat(night.remark()).isNull();
    assertThat(night.sandbox()).isTrue();
    assertThat(night.picked()).hasSize(2).allSatisfy(this::isProposed);
    assertThat(night.proposals()).isEqualTo(2);
    assertThat(night.promotions()).isZero();
    assertThat(night.errors()).isEmpty();
    assertThat(night.spent().calls())
        .isPositive()
        .isEqualTo(night.picked().stream().mapToLong(p -> p.spent().calls()).sum());
  }

  private void isProposed(Night.Picked picked) {
    assertThat(picked.newScores()).isEqualTo(24);
    assertThat(lab.lab.runs.get(picked.runId()).requestJson())
        .contains("\"kind\":\"sandbox\",\"seed\":7");
    assertThat(picked.run()).isEqualTo(RunState.WAITING_FOR_APPROVAL);
    assertThat(picked.verdict()).isEqualTo(Verdict.Decision.PROMOTE);
    assertThat(lab.lab.proposals.proposal(String.valueOf(picked.proposalId())).state())
        .isEqualTo("waiting");
  }

  @Test
  void with_auto_promote_a_winner_is_written_and_a_loser_is_not() throws Exception {
    Server server = lab.server(lab.good());
    lab.schedules.put(disabled(lab.nightly(10, Limits.NONE, true)));
    server.queue().start();
    lab.schedules.runNow("s1");
    lab.finish(server);
    assertThat(lab.only().promotions()).isEqualTo(2);

    lab.clock.set("2026-01-21T12:00:00Z");
    lab.scoredAt(lab.lab.lineage, 24, lab.clock.instant().minusSeconds(60));
    Server hopeless =
        lab.server(
            RunLab.engine(
                (job, context) ->
                    new OptimizationResult(job.seedPrompt(), 0.5, StopReason.FINISHED)));
    server.queue().close();
    hopeless.queue().start();
    lab.schedules.runNow("s1");
    lab.finish(hopeless);
    Night night = lab.all().get(0);
    assertThat(night.picked())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.run()).isEqualTo(RunState.HELD);
              assertThat(p.proposalId()).isNull();
            });
    assertThat(night.promotions()).isZero();
  }

  @Test
  void a_lineage_that_is_locked_while_the_night_runs_is_not_written() throws Exception {
    Server server = lab.server(lab.good());
    lab.schedules.put(lab.nightly(10, Limits.NONE, true));
    lab.schedules.runNow("s1");
    server.watch().tick();
    try (CampFixture camp = CampFixture.reopen(lab.lab.camp)) {
      camp.sql("UPDATE lineages SET is_locked = 1 WHERE id = ?", lab.lab.lineage);
    }
    server.queue().start();
    lab.finish(server);
    Night night = lab.only();
    assertThat(night.promotions()).isEqualTo(1);
    assertThat(night.errors()).singleElement().asString().contains("lock");
  }

  @Test
  void a_lineage_is_run_again_when_it_has_enough_scores_newer_than_its_run() throws Exception {
    Server server = lab.server(lab.good());
    server.queue().start();
    lab.schedules.put(disabled(lab.nightly(10)));
    lab.schedules.runNow("s1");
    lab.finish(server);
    lab.clock.set("2026-01-21T12:00:00Z");
    lab.scoredAt(lab.lab.lineages.get(0), 9, Instant.parse("2026-01-20T12:00:01Z"));
    lab.scoredAt(lab.lab.lineages.get(1), 10, Instant.parse("2026-01-20T12:00:01Z"));
    lab.schedules.runNow("s1");
    lab.finish(server);

    Night night = lab.all().get(0);
    assertThat(night.picked())
        .extracting(Night.Picked::lineageId, Night.Picked::newScores)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(lab.lab.lineages.get(1), 10));
    assertThat(night.left())
        .singleElement()
        .satisfies(
            left -> {
              assertThat(left.lineageId()).isEqualTo(lab.lab.lineages.get(0));
              assertThat(left.why()).contains("9 new scores").contains("10 are asked for");
            });
  }

  @Test
  void a_failed_run_uses_no_scores_up() throws Exception {
    Server broken =
        lab.server(
            RunLab.engine(
                (job, context) -> {
                  throw new IllegalStateException("the engine broke");
                }));
    broken.queue().start();
    lab.schedules.put(disabled(lab.nightly(10)));
    lab.schedules.runNow("s1");
    lab.finish(broken);
    assertThat(lab.only().errors()).hasSize(2).allMatch(e -> e.contains("the engine broke"));

    lab.clock.set("2026-01-21T12:00:00Z");
    lab.schedules.runNow("s1");
    broken.watch().tick();
    assertThat(lab.all().get(0).picked()).hasSize(2);
  }

  @Test
  void locked_lineages_and_those_with_a_run_are_left_and_it_is_said() {
    Server server = lab.server(lab.good());
    try (CampFixture camp = CampFixture.reopen(lab.lab.camp)) {
      camp.sql("UPDATE lineages SET is_locked = 1 WHERE id = ?", lab.lab.lineages.get(0));
      camp.sql("UPDATE lineages SET is_locked = 0 WHERE id = ?", lab.lab.lineages.get(1));
    }
    String waiting = server.queue().add(lab.lab.request(), QueuePlace.LAST);
    lab.schedules.put(lab.nightly(10));
    lab.schedules.runNow("s1");
    server.watch().tick();
    Night night = lab.only();
    assertThat(night.state()).isEqualTo(Night.State.ENDED);
    assertThat(night.left())
        .extracting(Night.Left::why)
        .containsExactly("a person locked it", "run " + waiting + " of it has not ended");
  }

  @Test
  void the_runs_of_a_night_stay_within_its_budget_and_what_does_not_fit_is_named()
      throws Exception {
    Server server = lab.server(lab.good());
    server.queue().start();
    lab.schedules.put(lab.nightly(10, new Limits(140L, null, null), false));
    lab.schedules.runNow("s1");
    lab.finish(server);
    Night night = lab.only();
    assertThat(night.picked())
        .singleElement()
        .satisfies(p -> assertThat(p.limits().calls()).isEqualTo(140));
    assertThat(night.left())
        .singleElement()
        .satisfies(left -> assertThat(left.why()).contains("budget does not pay"));
    assertThat(night.spent().calls()).isPositive().isLessThanOrEqualTo(140);
  }

  @Test
  void two_lineages_share_a_larger_budget() throws Exception {
    Server server = lab.server(lab.good());
    server.queue().start();
    lab.schedules.put(lab.nightly(10, new Limits(1000L, null, null), false));
    lab.schedules.runNow("s1");
    lab.finish(server);
    Night night = lab.only();
    assertThat(night.picked()).hasSize(2).allMatch(p -> p.limits().calls() == 500);
    assertThat(night.spent().calls()).isLessThanOrEqualTo(1000);
  }

  @Test
  void a_budget_that_serves_one_lineage_well_goes_to_one_and_what_it_leaves_over_to_the_next()
      throws Exception {
    Server server = lab.server(lab.good());
    server.queue().start();
    lab.schedules.put(lab.nightly(10, new Limits(500L, null, null), false));
    String id = lab.schedules.runNow("s1");
    server.watch().tick();
    assertThat(lab.nights.get(id).picked())
        .singleElement()
        .satisfies(p -> assertThat(p.limits().calls()).isEqualTo(500));
    assertThat(lab.nights.get(id).left())
        .singleElement()
        .satisfies(left -> assertThat(left.why()).contains("budget does not pay"));
    lab.finish(server);
    Night night = lab.only();
    assertThat(night.left()).isEmpty();
    assertThat(night.picked()).hasSize(2);
    Night.Picked first = night.picked().get(0);
    Night.Picked next = night.picked().get(1);
    assertThat(first.spent().calls()).isPositive();
    assertThat(next.limits().calls()).isEqualTo(500 - first.spent().calls());
    assertThat(next.spent().calls()).isPositive();
    assertThat(night.spent().calls()).isLessThanOrEqualTo(500);
  }

  @Test
  void a_schedule_that_names_a_lineage_leaves_the_others_alone() throws Exception {
    Server server = lab.server(lab.good());
    server.queue().start();
    Schedule all = lab.nightly(10);
    String lineage = lab.lab.lineages.get(1);
    lab.schedules.put(
        all.withScope(new ScheduleParts.Scope(all.camp(), null, List.of(lineage), List.of())));
    lab.schedules.runNow("s1");
    lab.finish(server);
    Night night = lab.only();
    assertThat(night.picked()).extracting(Night.Picked::lineageId).containsExactly(lineage);
    assertThat(night.left())
        .singleElement()
        .satisfies(left -> assertThat(left.why()).contains("names other lineages"));
  }

  @Test
  void runs_of_a_schedule_pool_what_it_says() {
    Schedule all = lab.nightly(10);
    Schedule pooling =
        all.withScope(
            new ScheduleParts.Scope(all.camp(), null, List.of(), List.of(Pool.SAME_NEED)));
    assertThat(pooling.request("l", Limits.NONE, new ModelAccess.None(), null).pool())
        .containsExactly(Pool.SAME_NEED);
    assertThat(all.request("l", Limits.NONE, new ModelAccess.None(), null).pool()).isEmpty();
  }

  @Test
  void a_night_that_ends_in_hold_says_why_and_what_would_help() throws Exception {
    Server server = lab.server(lab.lab.finding(RunLab.TRUTH.seedPrompt(SandboxDomain.TRIAGE)));
    server.queue().start();
    lab.schedules.put(lab.nightly(10));
    lab.schedules.runNow("s1");
    lab.finish(server);
    assertThat(lab.only().picked())
        .isNotEmpty()
        .allSatisfy(
            picked -> {
              assertThat(picked.verdict()).isEqualTo(Verdict.Decision.HOLD);
              assertThat(picked.reason()).isNotBlank();
              assertThat(picked.help()).isNotEmpty().allMatch(words -> words.endsWith("."));
            });
  }

  @Test
  void a_database_that_is_gone_is_an_error_of_the_night() throws Exception {
    Server server = lab.server(lab.good());
    lab.schedules.put(lab.nightly(10));
    Files.delete(lab.lab.camp);
    lab.schedules.runNow("s1");
    server.watch().tick();
    assertThat(lab.only().state()).isEqualTo(Night.State.ENDED);
    assertThat(lab.only().errors()).singleElement().asString().contains("camp.db");
  }

  @Test
  void a_model_that_the_server_does_not_offer_is_an_error_of_the_night() {
    Server server = lab.server(lab.good(), new ConfiguredModel(null, null, false));
    lab.schedules.put(lab.nightly(10));
    lab.schedules.runNow("s1");
    server.watch().tick();
    assertThat(lab.only().state()).isEqualTo(Night.State.ENDED);
    assertThat(lab.only().errors()).hasSize(2).allMatch(e -> e.startsWith("LB-7101"));
    assertThat(lab.lab.runs.newest(10)).isEmpty();
  }

  @Test
  void a_night_whose_server_ended_at_any_step_is_finished_by_another_with_the_same_runs()
      throws Exception {
    lab.schedules.put(lab.nightly(10));
    Server first = lab.server(lab.good());
    String id = lab.schedules.runNow("s1");
    // It ended before it looked at the database.
    Server second = lab.server(lab.good());
    second.watch().tick();
    List<String> runs = runIds();
    assertThat(runs).hasSize(2);
    // It ended when a run was in the queue and that was not noted yet.
    sql("DELETE FROM night_runs WHERE run_id = '" + runs.get(0) + "'");
    lab.scoredAt(lab.lab.lineage, 24, lab.clock.instant().plusSeconds(5));
    first.watch().tick();
    assertThat(runIds()).isEqualTo(runs);
    // It ended in the middle of a run.
    sql("UPDATE runs SET state = 'running', owner = 'gone/1/1', lease_until = 5");
    Server third = lab.server(lab.good());
    third.queue().start();
    lab.finish(third);
    Night night = lab.nights.get(id);
    assertThat(night.state()).isEqualTo(Night.State.ENDED);
    assertThat(night.picked()).extracting(Night.Picked::runId).hasSameElementsAs(runs);
    assertThat(night.picked()).allMatch(p -> p.proposalId() != null);
  }

  @Test
  void two_servers_at_the_same_time_make_one_night_with_one_run_each() throws Exception {
    lab.schedules.put(lab.nightly(10));
    List<Server> servers = List.of(lab.server(lab.good()), lab.server(lab.good()));
    lab.clock.set("2026-01-21T01:30:00Z");
    CyclicBarrier together = new CyclicBarrier(servers.size());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 5; i++) {
        List<Callable<Object>> ticks = new ArrayList<>();
        servers.forEach(
            server ->
                ticks.add(
                    () -> {
                      together.await();
                      server.watch().tick();
                      return "";
                    }));
        for (Future<Object> tick : threads.invokeAll(ticks)) {
          tick.get();
        }
      }
    }
    assertThat(lab.only().picked()).hasSize(2);
    assertThat(runIds()).hasSize(2);
    servers.forEach(server -> server.queue().start());
    lab.finish(servers.get(1));
    assertThat(lab.only().proposals()).isEqualTo(2);
  }

  @Test
  void a_night_can_be_asked_for_of_a_disabled_schedule_but_not_while_one_runs() {
    Schedule nightly = lab.nightly(10);
    lab.schedules.put(disabled(nightly));
    assertThat(lab.schedules.get("s1").nextAt()).isNull();
    lab.schedules.runNow("s1");
    lab.server(lab.good()).watch().tick();
    assertThat(lab.only().asked()).isTrue();
    lab.clock.now = lab.clock.now.plusSeconds(1);
    assertThatThrownBy(() -> lab.schedules.runNow("s1"))
        .isInstanceOfSatisfying(
            BridgeException.class, e -> assertThat(e.code()).isEqualTo(RunError.NIGHT_RUNNING));
    assertThat(lab.all()).hasSize(1);
  }

  @Test
  void what_nights_did_stays_when_the_schedule_is_removed() {
    lab.schedules.put(lab.idle());
    lab.schedules.runNow("s1");
    lab.server(lab.good()).watch().tick();
    lab.schedules.remove("s1");
    assertThat(lab.schedules.list()).isEmpty();
    assertThat(lab.nights.newest(10, "s1", null)).hasSize(1);
    assertThatThrownBy(() -> lab.schedules.remove("s1")).hasMessageContaining("LB-7121");
  }

  @Test
  void a_schedule_that_cannot_be_is_refused() {
    Schedule good = lab.nightly(10);
    assertThatThrownBy(() -> lab.schedules.put(lab.nightly(0))).hasMessageContaining("LB-7122");
    Schedule nowhere =
        new Schedule(
            "s2",
            "n",
            true,
            ScheduleParts.Scope.of(folder.resolve("no.db")),
            new ScheduleParts.When("0 2 * * *", "UTC", 1),
            good.search(),
            good.model(),
            ScheduleParts.Spending.FREE,
            false,
            null);
    assertThatThrownBy(() -> lab.schedules.put(nowhere)).isInstanceOf(BridgeException.class);
    assertThat(lab.schedules.list()).isEmpty();
  }

  @Test
  void nights_are_listed_page_by_page() {
    lab.schedules.put(lab.idle());
    Server server = lab.server(lab.good());
    for (int i = 0; i < 5; i++) {
      lab.schedules.runNow("s1");
      server.watch().tick();
      lab.clock.now = lab.clock.now.plusMillis(1);
    }
    List<String> ids = lab.all().stream().map(Night::id).toList();
    List<String> paged = new ArrayList<>();
    for (List<Night> page = lab.nights.newest(2, null, null);
        !page.isEmpty();
        page = lab.nights.newest(2, "s1", page.getLast().id())) {
      page.forEach(night -> paged.add(night.id()));
    }
    assertThat(paged).isEqualTo(ids);
  }

  public static Schedule disabled(Schedule s) {
    return new Schedule(
        s.id(),
        s.name(),
        false,
        s.scope(),
        s.when(),
        s.search(),
        s.model(),
        s.spending(),
        s.autoPromote(),
        s.label());
  }

  private List<String> runIds() {
    return lab.lab.runs.newest(100).stream().map(StoredRun::id).sorted().toList();
  }

  private void sql(String sql) {
    lab.lab.database.useTransaction(handle -> handle.execute(sql));
  }
}
