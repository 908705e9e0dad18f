package dev.lightningbridge.runs;

import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.PromptRules;
import dev.lightningbridge.runs.nights.ConfiguredModel;
import dev.lightningbridge.runs.nights.Night;
import dev.lightningbridge.runs.nights.NightPicker;
import dev.lightningbridge.runs.nights.NightStore;
import dev.lightningbridge.runs.nights.NightWatch;
import dev.lightningbridge.runs.nights.Nights;
import dev.lightningbridge.runs.nights.Schedule;
import dev.lightningbridge.runs.nights.ScheduleParts;
import dev.lightningbridge.runs.nights.Schedules;
import dev.lightningbridge.runs.request.EngineChoice;
import dev.lightningbridge.runs.request.SearchStrategy;
import dev.lightningbridge.runs.work.RunQueue;
import dev.lightningbridge.store.BridgeDatabase;
import dev.lightningbridge.store.BridgeHome;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** A database with two lineages, a clock that a test sets, and servers that watch over nights. */
public final class NightLab implements AutoCloseable {
  static final ConfiguredModel SANDBOX = new ConfiguredModel(null, null, true);

  public final SetClock clock = new SetClock(Instant.parse("2026-01-20T12:00:00Z"));
  public final RunLab lab;
  final NightStore store;
  public final Schedules schedules;
  public final Nights nights;
  private final List<RunQueue> queues = new ArrayList<>();

  public NightLab(Path folder) {
    this(folder, BridgeDatabase.open(BridgeHome.open(folder.resolve("home"))));
  }

  public NightLab(Path folder, BridgeDatabase database) {
    lab = new RunLab(folder, 24, clock, List.of("A", "B"), database);
    store = new NightStore(lab.database, clock);
    schedules = new Schedules(lab.database, store, clock);
    nights = new Nights(store, lab.runs);
  }

  /** A server whose engine finds this; its runs wait until its queue is started. */
  public record Server(NightWatch watch, RunQueue queue) {}

  public Server server(PromptOptimizer engine) {
    return server(engine, SANDBOX);
  }

  public Server server(PromptOptimizer engine, ConfiguredModel models) {
    RunQueue queue = new RunQueue(lab.database, lab.optimization(engine), 2, Set.of(), clock);
    queues.add(queue);
    return new Server(
        new NightWatch(
            schedules,
            store,
            nights,
            new NightPicker(lab.database, CampGuard.NONE, clock),
            queue,
            () -> models,
            clock),
        queue);
  }

  /** An engine that finds the best prompt there is. */
  public PromptOptimizer good() {
    return lab.finding(RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE));
  }

  /** Nightly at half past two in Berlin; with this many new scores. */
  public Schedule nightly(int newScores) {
    return nightly(newScores, Limits.NONE, false);
  }

  public Schedule nightly(int newScores, Limits night, boolean autoPromote) {
    return new Schedule(
        "s1",
        "Nightly",
        true,
        ScheduleParts.Scope.of(lab.camp),
        new ScheduleParts.When("30 2 * * *", "Europe/Berlin", newScores),
        new Schedule.Search(
            EngineChoice.JAVA,
            SearchStrategy.RACING,
            "auto",
            ApoSettings.DEFAULT,
            4,
            0,
            0,
            true,
            new ScheduleParts.Testing(true, null, true),
            ScheduleParts.Prompting.USUAL,
            null,
            PromptRules.NONE),
        new Schedule.Model(true, 7, Map.of(), Map.of()),
        new ScheduleParts.Spending(Limits.NONE, night),
        autoPromote,
        null);
  }

  /** With more scores than there are, a night picks nothing and ends at once. */
  public Schedule idle() {
    return nightly(1000);
  }

  public List<Night> all() {
    return nights.newest(1000, null, null);
  }

  public Night only() {
    List<Night> all = all();
    if (all.size() != 1) {
      throw new AssertionError("not one night: " + all);
    }
    return all.get(0);
  }

  /** Ticks until no night runs. */
  public void finish(Server server) throws InterruptedException {
    for (int i = 0; i < 3000 && !store.running().isEmpty(); i++) {
      Thread.sleep(10);
      server.watch().tick();
    }
    if (!store.running().isEmpty()) {
      throw new AssertionError("the night does not end: " + all());
    }
  }

  /** Ticks from now until then, as often as given. */
  void tickUntil(Server server, String end, Duration pause) {
    for (Instant at = clock.instant(); !at.isAfter(Instant.parse(end)); at = at.plus(pause)) {
      clock.now = at;
      server.watch().tick();
    }
  }

  /** The first so many scores of the lineage were given at this time. */
  public void scoredAt(String lineage, int count, Instant time) {
    try (CampFixture camp = CampFixture.reopen(lab.camp)) {
      camp.sql(
          """
          UPDATE training_events SET timestamp = ? WHERE id IN (SELECT id FROM training_events
            WHERE event_type = 'artifact.scored' AND lineage_id = ? ORDER BY id LIMIT ?)
          """,
          time.toEpochMilli(),
          lineage,
          count);
    }
  }

  @Override
  public void close() {
    queues.forEach(RunQueue::close);
    // A run that still ends would write into a folder that is being deleted.
    for (int i = 0; i < 500 && queues.stream().anyMatch(q -> !q.running().isEmpty()); i++) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    lab.close();
  }

  /** A clock that stands where a test puts it. */
  public static final class SetClock extends Clock {
    public volatile Instant now;

    public SetClock(Instant now) {
      this.now = now;
    }

    public void set(String time) {
      now = Instant.parse(time);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }
}
