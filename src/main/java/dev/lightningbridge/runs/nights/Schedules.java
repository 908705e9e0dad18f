package dev.lightningbridge.runs.nights;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.runs.LineageChoice;
import dev.lightningbridge.runs.request.RunError;
import dev.lightningbridge.store.BridgeDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The schedules in bridge.db. There are none until somebody puts one. */
public final class Schedules {
  private final BridgeDatabase database;
  private final NightStore nights;
  private final Clock clock;

  public Schedules(BridgeDatabase database, NightStore nights, Clock clock) {
    this.database = database;
    this.nights = nights;
    this.clock = clock;
  }

  /**
   * A schedule and when it is due next, in milliseconds since the epoch; null where it is disabled.
   */
  public record Planned(Schedule schedule, @Nullable Long nextAt) {}

  /** A schedule, and the time up to which it is done with. */
  record Handled(Schedule schedule, Instant until) {}

  /** All of them, by name. */
  public List<Planned> list() {
    return all().stream().map(this::planned).toList();
  }

  /**
   * The schedule with this id.
   *
   * @throws BridgeException where there is none
   */
  public Planned get(String id) {
    return planned(require(id));
  }

  /**
   * Adds the schedule, or puts it in the place of the one with the same id. What was due before it
   * was enabled, or before its times were changed, is not made up.
   *
   * @throws BridgeException where it cannot be: a time, name or limit that is none, a database that
   *     cannot be read, or a session that it does not have
   */
  public Planned put(Schedule schedule) {
    schedule.check();
    checkCamp(schedule);
    long now = clock.millis();
    database.useTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO schedules (id, name, enabled, schedule_json, handled_until)
                    VALUES (:id, :name, :enabled, :json, :until)
                    ON CONFLICT (id) DO UPDATE SET name = excluded.name, enabled = excluded.enabled,
                        schedule_json = excluded.schedule_json,
                        handled_until = excluded.handled_until
                    """)
                .bind("id", schedule.id())
                .bind("name", schedule.name())
                .bind("enabled", schedule.enabled() ? 1 : 0)
                .bind("json", Json.write(schedule))
                .bind("until", handledUntil(find(schedule.id()), schedule, now))
                .execute());
    return get(schedule.id());
  }

  private static long handledUntil(Optional<Handled> before, Schedule after, long now) {
    return before
        .filter(old -> old.schedule().enabled())
        .filter(old -> old.schedule().when().cron().equals(after.when().cron()))
        .filter(old -> old.schedule().when().zone().equals(after.when().zone()))
        .map(old -> old.until().toEpochMilli())
        .orElse(now);
  }

  private static void checkCamp(Schedule schedule) {
    try (CampDatabase camp = CampDatabase.open(schedule.camp(), CampDatabase.Options.DEFAULT)) {
      if (schedule.scope().sessionId() != null) {
        LineageChoice.requireSession(camp.corpus(), schedule.scope().sessionId());
      }
      for (String lineage : schedule.scope().lineages()) {
        if (camp.corpus().lineage(lineage).isEmpty()) {
          throw new BridgeException(
              RunError.NO_SUCH_LINEAGE,
              "the database has no such lineage",
              lineage,
              "Name lineages of this database, or none for all of them.");
        }
      }
    }
  }

  /**
   * Removes it. A night of it that runs goes on, and what its nights did stays.
   *
   * @throws BridgeException where there is none of this id
   */
  public void remove(String id) {
    int removed =
        database.inTransaction(handle -> handle.execute("DELETE FROM schedules WHERE id = ?", id));
    if (removed == 0) {
      throw unknown(id);
    }
  }

  /**
   * Asks for a night now, whether or not the schedule is enabled. It begins within seconds.
   *
   * @return the night's id
   * @throws BridgeException where there is no such schedule, or a night of it runs
   */
  public String runNow(String id) {
    return nights
        .begin(require(id).schedule(), clock.millis(), true, null)
        .map(NightStore.Stored::id)
        .orElseThrow(
            () ->
                new BridgeException(
                    RunError.NIGHT_RUNNING,
                    "a night of this schedule runs",
                    id,
                    "Wait for its end, or cancel its runs."));
  }

  /** The enabled ones. */
  List<Handled> enabled() {
    return all().stream().filter(handled -> handled.schedule().enabled()).toList();
  }

  /** The clock was set back: what it showed before does not count any more. */
  void forgetFuture(String id, Instant now) {
    database.useTransaction(
        handle ->
            handle.execute(
                "UPDATE schedules SET handled_until = ? WHERE id = ? AND handled_until > ?",
                now.toEpochMilli(),
                id,
                now.toEpochMilli()));
  }

  private Planned planned(Handled handled) {
    Schedule schedule = handled.schedule();
    Optional<Instant> next =
        schedule.enabled() ? schedule.when().times().firstAfter(clock.instant()) : Optional.empty();
    return new Planned(schedule, next.map(Instant::toEpochMilli).orElse(null));
  }

  private Handled require(String id) {
    return find(id).orElseThrow(() -> unknown(id));
  }

  private static BridgeException unknown(String id) {
    return new BridgeException(
        RunError.NO_SUCH_SCHEDULE,
        "there is no schedule of this id",
        id,
        "The list of schedules shows their ids.");
  }

  private Optional<Handled> find(String id) {
    return all().stream().filter(handled -> handled.schedule().id().equals(id)).findFirst();
  }

  private List<Handled> all() {
    return database.reading(
        handle ->
            handle
                .createQuery("SELECT * FROM schedules ORDER BY name, id")
                .map((rs, context) -> handled(rs))
                .list());
  }

  private static Handled handled(ResultSet rs) throws SQLException {
    return new Handled(
        Json.read(rs.getString("schedule_json"), Schedule.class),
        Instant.ofEpochMilli(rs.getLong("handled_until")));
  }
}
