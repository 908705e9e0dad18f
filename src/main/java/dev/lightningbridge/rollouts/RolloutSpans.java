package dev.lightningbridge.rollouts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.store.BridgeDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What attempts at an agent's rollouts have told: agentlightning's Span. */
public final class RolloutSpans {
  /** A rollout may have so many spans. */
  private static final int MOST = 10_000;

  /** And so many characters of them, as JSON. */
  private static final long MOST_CHARACTERS = 64L << 20;

  private static final String LATEST = "latest";

  private final BridgeDatabase database;
  private final String agent;
  private final Clock clock;
  private final RolloutRows rollouts;
  private final AttemptRows attempts;
  private final int most;

  RolloutSpans(BridgeDatabase database, String agent, Clock clock) {
    this(database, agent, clock, MOST);
  }

  RolloutSpans(BridgeDatabase database, String agent, Clock clock, int most) {
    this.most = most;
    this.database = database;
    this.agent = agent;
    this.clock = clock;
    rollouts = new RolloutRows(agent);
    attempts = new AttemptRows(agent);
  }

  /**
   * What became of spans.
   *
   * @param kept those that were new
   * @param refused those that could not be kept, with the reason; what was there already is neither
   */
  public record Added(List<ObjectNode> kept, List<BridgeException> refused) {}

  /**
   * Adds spans as agentlightning writes them. One without a sequence id, or with a negative one,
   * gets the next of its rollout. The attempts that they are of are heard of, and running.
   */
  public Added add(List<ObjectNode> spans) {
    return database.inTransaction(
        handle -> {
          Added added = new Added(new ArrayList<>(), new ArrayList<>());
          for (ObjectNode span : spans) {
            try {
              // It may be run again: what was given stays as it was.
              ObjectNode one = span.deepCopy();
              if (add(handle, one)) {
                added.kept().add(one);
              }
            } catch (BridgeException e) {
              added.refused().add(e);
            }
          }
          return added;
        });
  }

  private boolean add(Handle handle, ObjectNode span) {
    StoredRollout rollout = rollouts.get(handle, RowValues.required(span, "rollout_id"));
    StoredAttempt attempt =
        attempts.get(handle, rollout.id(), RowValues.required(span, "attempt_id"));
    String id = RowValues.required(span, "span_id");
    String trace = RowValues.required(span, "trace_id");
    String name = RowValues.required(span, "name");
    String parent = RowValues.text(span, "parent_id");
    if (!span.path("sequence_id").canConvertToLong() || span.path("sequence_id").asLong() < 0) {
      span.put("sequence_id", next(handle, rollout.id()));
    }
    long sequence = span.path("sequence_id").asLong();
    String text = Json.write(span);
    requireRoom(handle, rollout.id(), text.length());
    boolean isNew =
        handle
                .createUpdate(
                    """
                    INSERT INTO agl_spans (rollout_id, attempt_id, span_id, sequence, trace_id,
                      parent_id, name, started_at, ended_at, span_json)
                    VALUES (:rollout, :attempt, :id, :sequence, :trace, :parent, :name, :started,
                      :ended, :span)
                    ON CONFLICT DO NOTHING
                    """)
                .bind("rollout", rollout.id())
                .bind("attempt", attempt.id())
                .bind("id", id)
                .bind("sequence", sequence)
                .bind("trace", trace)
                .bind("parent", parent)
                .bind("name", name)
                .bind("started", seconds(span, "start_time"))
                .bind("ended", seconds(span, "end_time"))
                .bind("span", text)
                .execute()
            == 1;
    if (isNew) {
      count(handle, rollout.id(), sequence, text.length());
      heard(handle, rollout, attempt);
    }
    return isNew;
  }

  private static @Nullable Double seconds(JsonNode span, String member) {
    return span.path(member).isNumber() ? span.path(member).asDouble() : null;
  }

  private void requireRoom(Handle handle, String rolloutId, int characters) {
    boolean room =
        handle
            .createQuery(
                """
                SELECT 1 FROM agl_rollouts
                WHERE id = :id AND spans < :most AND span_bytes + :characters <= :mostCharacters
                """)
            .bind("id", rolloutId)
            .bind("characters", characters)
            .bind("most", most)
            .bind("mostCharacters", MOST_CHARACTERS)
            .mapTo(Integer.class)
            .findOne()
            .isPresent();
    if (!room) {
      throw new BridgeException(
          RolloutError.TOO_MUCH,
          "a rollout has at most %,d spans, of %,d characters".formatted(most, MOST_CHARACTERS),
          rolloutId,
          "Trace less of what the agent does.");
    }
  }

  private static void count(Handle handle, String rolloutId, long sequence, int characters) {
    handle
        .createUpdate(
            """
            UPDATE agl_rollouts SET spans = spans + 1, span_bytes = span_bytes + :characters,
              sequence = CASE WHEN sequence < :sequence THEN :sequence ELSE sequence END
            WHERE id = :id
            """)
        .bind("id", rolloutId)
        .bind("sequence", sequence)
        .bind("characters", characters)
        .execute();
  }

  private void heard(Handle handle, StoredRollout rollout, StoredAttempt attempt) {
    double now = RowValues.now(clock);
    boolean runs =
        attempt.status() == AttemptStatus.PREPARING
            || attempt.status() == AttemptStatus.UNRESPONSIVE;
    AttemptRows.write(handle, attempt.heard(now, runs ? AttemptStatus.RUNNING : attempt.status()));
    boolean last = rollout.attempt() != null && rollout.attempt().number() == attempt.number();
    if (last
        && (rollout.status() == RolloutStatus.PREPARING
            || rollout.status() == RolloutStatus.REQUEUING)) {
      rollouts.status(handle, rollout.id(), RolloutStatus.RUNNING, now);
    }
  }

  /**
   * The next number for a span of a rollout, which no other gets.
   *
   * @throws BridgeException LB-8201 where there is no such rollout
   */
  public long next(String rolloutId) {
    return database.inTransaction(handle -> next(handle, rollouts.get(handle, rolloutId).id()));
  }

  private static long next(Handle handle, String rolloutId) {
    handle.execute("UPDATE agl_rollouts SET sequence = sequence + 1 WHERE id = ?", rolloutId);
    return handle
        .createQuery("SELECT sequence FROM agl_rollouts WHERE id = :id")
        .bind("id", rolloutId)
        .mapTo(Long.class)
        .one();
  }

  /**
   * Spans of a rollout.
   *
   * @param attemptId of the attempt that they are of; "latest" for the last one; null for all
   */
  public RowPage.Rows<JsonNode> query(
      String rolloutId, @Nullable String attemptId, RowFilter filter, RowPage page) {
    String latest =
        " AND s.attempt_id IN (SELECT id FROM agl_attempts a WHERE a.rollout_id = r.id"
            + " AND a.number = r.attempts)";
    boolean one = attemptId != null && !attemptId.equals(LATEST);
    RowPage.Source source =
        new RowPage.Source(
            "SELECT s.* FROM agl_spans s JOIN agl_rollouts r ON r.id = s.rollout_id",
            "r.agent = :agent AND r.id = :rollout"
                + (one ? " AND s.attempt_id = :attempt" : attemptId == null ? "" : latest),
            one
                ? Map.of("agent", agent, "rollout", rolloutId, "attempt", String.valueOf(attemptId))
                : Map.of("agent", agent, "rollout", rolloutId),
            Map.of(
                "rollout_id", "s.rollout_id",
                "attempt_id", "s.attempt_id",
                "sequence_id", "s.sequence",
                "trace_id", "s.trace_id",
                "span_id", "s.span_id",
                "parent_id", "s.parent_id",
                "name", "s.name",
                "start_time", "s.started_at",
                "end_time", "s.ended_at"),
            "s.place");
    return database.reading(
        handle ->
            page.read(
                handle,
                source,
                filter,
                (row, context) -> Json.read(row.getString("span_json"), JsonNode.class)));
  }
}
