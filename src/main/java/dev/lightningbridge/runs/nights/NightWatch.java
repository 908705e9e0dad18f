package dev.lightningbridge.runs.nights;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.runs.QueuePlace;
import dev.lightningbridge.runs.nights.NightStore.Begun;
import dev.lightningbridge.runs.nights.NightStore.Stored;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.work.RunQueue;
import dev.lightningbridge.store.StoreError;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Begins the nights that are due, takes them forward, and ends them. It holds nothing itself: any
 * server on the same database may take the next step of any night, and each step counts once.
 */
public final class NightWatch {
  /** Later than this after its time, a night is said to be made up. */
  private static final Duration LATE = Duration.ofMinutes(5);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
  private static final System.Logger LOG = System.getLogger(NightWatch.class.getName());

  private final Schedules schedules;
  private final NightStore store;
  private final Nights nights;
  private final NightPicker picker;
  private final RunQueue queue;
  private final Supplier<ConfiguredModel> models;
  private final Clock clock;

  public NightWatch(
      Schedules schedules,
      NightStore store,
      Nights nights,
      NightPicker picker,
      RunQueue queue,
      Supplier<ConfiguredModel> models,
      Clock clock) {
    this.schedules = schedules;
    this.store = store;
    this.nights = nights;
    this.picker = picker;
    this.queue = queue;
    this.models = models;
    this.clock = clock;
  }

  /** Does what is to be done now; one schedule's or night's failure does not keep the others. */
  public void tick() {
    for (Schedules.Handled handled : schedules.enabled()) {
      guarded("schedule " + handled.schedule().id(), () -> beginIfDue(handled));
    }
    for (Stored night : store.running()) {
      guarded("night " + night.id(), () -> goOn(night));
    }
  }

  private static void guarded(String what, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, what + ": it is tried again", e);
    }
  }

  /**
   * Of several missed times the last one counts. A time that was done with is not due once more
   * when the clock is set back; but where the clock had been wrong by more than a night, that is
   * forgotten, or nothing would happen until it shows the same again.
   */
  private void beginIfDue(Schedules.Handled handled) {
    Schedule schedule = handled.schedule();
    DueTimes times = schedule.when().times();
    Instant now = clock.instant();
    Instant until = handled.until();
    if (until.isAfter(now)) {
      if (times.firstAfter(now).filter(until::isAfter).isPresent()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "schedule {0}: the clock was set back from {1}",
            schedule.id(),
            until);
        schedules.forgetFuture(schedule.id(), now);
      }
      return;
    }
    Optional<Instant> due = times.lastUpTo(now).filter(time -> time.isAfter(until));
    due.flatMap(
            time -> store.begin(schedule, time.toEpochMilli(), false, late(schedule, time, now)))
        .ifPresent(
            night ->
                LOG.log(
                    System.Logger.Level.INFO,
                    "night {0} of {1}: {2}",
                    night.id(),
                    schedule.name(),
                    night.state().text()));
  }

  private static @Nullable String late(Schedule schedule, Instant due, Instant now) {
    return Duration.between(due, now).compareTo(LATE) < 0
        ? null
        : "Made up: it was due at %s (%s), when no server ran."
            .formatted(
                TIME.format(due.atZone(ZoneId.of(schedule.when().zone()))), schedule.when().zone());
  }

  private void goOn(Stored night) {
    if (night.plan() == null) {
      store.planned(night.id(), plan(night.schedule()));
    }
    Stored planned = store.find(night.id()).orElseThrow();
    NightPlan plan = planned.plan();
    if (plan == null) {
      return;
    }
    Map<String, Begun> begun = store.begun(night.id());
    for (NightPlan.Pick pick : plan.picked()) {
      String lineage = pick.lineage().lineageId();
      if (!begun.containsKey(lineage)) {
        store.begun(night.id(), lineage, run(planned, pick));
      }
    }
    Nights.Standing now = nights.standing(planned);
    // Another server may be at the same: both find the same lineage, and its run by the same key.
    now.next()
        .ifPresent(pick -> store.begun(night.id(), pick.lineage().lineageId(), run(planned, pick)));
    if (now.over()) {
      end(planned);
    }
  }

  private NightPlan plan(Schedule schedule) {
    try {
      return picker.pick(schedule);
    } catch (BridgeException e) {
      return NightPlan.failed(text(e));
    }
  }

  private Begun run(Stored night, NightPlan.Pick pick) {
    Schedule schedule = night.schedule();
    String lineage = pick.lineage().lineageId();
    try {
      ConfiguredModel now = models.get();
      OptimizeRequest request =
          now.graders()
              .grading(
                  schedule
                      .request(lineage, pick.limits(), now.access(schedule.model()), now.prices())
                      .withAgent(now.agents().of(schedule.search().agent())),
                  schedule.search().grader());
      // By the key, a server that takes the night up finds the run of one that ended just here.
      QueuePlace place =
          new QueuePlace(0, schedule.label(), "night/" + night.id() + "/" + lineage, schedule.id());
      return new Begun(queue.add(request, place), null);
    } catch (BridgeException e) {
      return new Begun(null, text(e));
    }
  }

  /** In words for the digest; a failure of bridge.db itself is no night's, and passes. */
  private static String text(BridgeException e) {
    if (e.code() instanceof StoreError) {
      throw e;
    }
    return "%s: %s (%s)".formatted(e.code().id(), e.what(), e.where());
  }

  private void end(Stored night) {
    Night digest = nights.digest(night).ended(clock.millis());
    if (store.end(digest)) {
      LOG.log(
          System.Logger.Level.INFO,
          "night {0} of {1}: ended, {2} runs, {3} proposals, {4} calls, {5} USD",
          digest.id(),
          digest.schedule(),
          digest.picked().size(),
          digest.proposals(),
          digest.spent().calls(),
          digest.spent().usd());
    }
  }
}
