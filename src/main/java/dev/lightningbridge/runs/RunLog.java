package dev.lightningbridge.runs;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.store.BridgeDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What happens in runs, in bridge.db: their events, and the candidates and evaluations told of. */
public final class RunLog {
  private static final Map<String, Class<? extends RunEvent>> TYPES =
      Arrays.stream(RunEvent.class.getPermittedSubclasses())
          .<Class<? extends RunEvent>>map(type -> type.asSubclass(RunEvent.class))
          .collect(Collectors.toUnmodifiableMap(RunLog::type, type -> type));

  private final BridgeDatabase database;
  private final Clock clock;

  RunLog(BridgeDatabase database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** An event as bridge.db holds it. */
  public record StoredEvent(long sequence, String type, String bodyJson, long at) {
    /** What happened. */
    public RunEvent event() {
      Class<? extends RunEvent> known = TYPES.get(type);
      if (known == null) {
        throw new IllegalStateException("bridge.db holds an event of unknown type: " + type);
      }
      return Json.read(bodyJson, known);
    }
  }

  /** Appends an event, and what it tells of candidates and evaluations, in one transaction. */
  public void append(String runId, RunEvent event) {
    database.useTransaction(
        handle -> {
          handle.execute(
              """
              INSERT INTO events (run_id, sequence, type, body_json, at)
              SELECT ?, coalesce(max(sequence), 0) + 1, ?, ?, ? FROM events WHERE run_id = ?
              """,
              runId,
              type(event.getClass()),
              Json.write(event),
              clock.millis(),
              runId);
          if (event instanceof RunEvent.CandidateMade made) {
            handle.execute(
                "INSERT INTO candidates VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                runId,
                made.candidate(),
                made.parent(),
                made.round(),
                made.prompt(),
                made.critique());
          } else if (event instanceof RunEvent.Evaluated evaluated) {
            handle.execute(
                """
                INSERT INTO evaluations (run_id, candidate, purpose, round, tasks, failures, mean)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                runId,
                evaluated.candidate(),
                evaluated.purpose(),
                evaluated.round(),
                evaluated.tasks(),
                evaluated.failures(),
                Double.isNaN(evaluated.mean()) ? null : evaluated.mean());
          }
        });
  }

  /** The events of a run since it was resumed last, oldest first. */
  public List<StoredEvent> eventsOfLastStart(String runId) {
    List<StoredEvent> all = events(runId);
    int from = 0;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).type().equals(type(RunEvent.Resumed.class))) {
        from = i;
      }
    }
    return all.subList(from, all.size());
  }

  /** The events of a run, oldest first: their type, body and time. */
  public List<StoredEvent> events(String runId) {
    return database.reading(
        handle ->
            handle
                .createQuery("SELECT * FROM events WHERE run_id = :id ORDER BY sequence")
                .bind("id", runId)
                .map((rs, context) -> event(rs))
                .list());
  }

  /**
   * The steps of the run's training, since its first start: a resumed one goes on from its last
   * checkpoint.
   */
  public List<RunEvent.TrainingStep> trainingSteps(String runId) {
    return database.reading(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT body_json FROM events WHERE run_id = :id AND type = :type
                    ORDER BY sequence
                    """)
                .bind("id", runId)
                .bind("type", type(RunEvent.TrainingStep.class))
                .map((rs, context) -> Json.read(rs.getString(1), RunEvent.TrainingStep.class))
                .list());
  }

  /** At most so many of a run's events after this one, oldest first. */
  public List<StoredEvent> eventsAfter(String runId, long sequence, int limit) {
    return database.reading(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM events WHERE run_id = :id AND sequence > :sequence
                    ORDER BY sequence LIMIT :limit
                    """)
                .bind("id", runId)
                .bind("sequence", sequence)
                .bind("limit", limit)
                .map((rs, context) -> event(rs))
                .list());
  }

  private static StoredEvent event(ResultSet rs) throws SQLException {
    return new StoredEvent(
        rs.getLong("sequence"), rs.getString("type"), rs.getString("body_json"), rs.getLong("at"));
  }

  /** {@code round_finished} for RoundFinished. */
  public static String type(Class<? extends RunEvent> event) {
    return event.getSimpleName().replaceAll("(?<!^)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
