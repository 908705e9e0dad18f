package dev.lightningbridge.dataset.export;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.EventMark;
import dev.lightningbridge.corpus.Score;
import dev.lightningbridge.corpus.TrainingEvent;
import dev.lightningbridge.dataset.DatasetError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells what was there when the export before ended, by its {@link ExportCursor}; without one,
 * nothing was. Not lost and not doubled: each format writes what it would write now and would not
 * have written then. What went and came back, such as a score lowered and raised again, is new
 * again; so is an output whose score was changed where no event tells what it had been.
 */
final class Since {
  private final Corpus corpus;
  private final String export;
  private final @Nullable ExportCursor cursor;
  private final Set<String> newEvents = new HashSet<>();
  private EventMark last = new EventMark(0, "");
  private long newestTime;
  private final Set<String> newestIds = new TreeSet<>();
  private @Nullable Map<String, Integer> scoresThen;

  private Since(Corpus corpus, String export, @Nullable ExportCursor cursor) {
    this.corpus = corpus;
    this.export = export;
    this.cursor = cursor;
  }

  /**
   * @throws BridgeException where the cursor is another export's or another database's
   */
  static Since of(Corpus corpus, ExportRequest request) {
    String export =
        request.format().label() + (request.sessionId() == null ? "" : " " + request.sessionId());
    ExportCursor cursor = request.since() == null ? null : ExportCursor.parse(request.since());
    if (cursor != null && !cursor.export().equals(export)) {
      throw foreign("the cursor is of the export \"%s\"".formatted(cursor.export()));
    }
    Since since = new Since(corpus, export, cursor);
    if (cursor != null) {
      since.newestTime = cursor.at();
      since.newestIds.addAll(cursor.ids());
      since.readMarks(cursor);
    } else {
      since.last = corpus.lastEvent().orElse(since.last);
    }
    return since;
  }

  private void readMarks(ExportCursor cursor) {
    try (Stream<EventMark> marks = corpus.eventMarks(cursor.row())) {
      for (Iterator<EventMark> i = marks.iterator(); i.hasNext(); ) {
        last = i.next();
        if (last.row() == cursor.row() && !last.id().equals(cursor.event())) {
          throw foreign("another event stands where the export before ended");
        }
        if (last.row() > cursor.row()) {
          newEvents.add(last.id());
        }
      }
    }
    if (last.row() < cursor.row()) {
      throw foreign("the event with which the export before ended is not there");
    }
  }

  /** Whether this is an increment to an export before. */
  boolean isIncrement() {
    return cursor != null;
  }

  /** Part of the names of an increment's files, so that they stand beside those before. */
  String suffix() {
    return cursor == null ? "" : "-after-" + cursor.row();
  }

  boolean isNewRow(long row) {
    return cursor == null || row > cursor.row();
  }

  boolean isNewEvent(String id) {
    return cursor == null || newEvents.contains(id);
  }

  /** Whether something is new that no event tells of; must be asked of all such of the export. */
  boolean isNewByTime(long at, String id) {
    if (at > newestTime) {
      newestTime = at;
      newestIds.clear();
    }
    if (at == newestTime) {
      newestIds.add(id);
    }
    return cursor == null || at > cursor.at() || (at == cursor.at() && !cursor.ids().contains(id));
  }

  /** Whether the attempt is new, or was scored, or scored again. */
  boolean isNew(Attempt attempt) {
    boolean newAttempt = isNewAttempt(attempt);
    boolean newScore = attempt.score() != null && isNewScore(attempt, attempt.score());
    return newAttempt || newScore;
  }

  boolean isNewAttempt(Attempt attempt) {
    return attempt.eventId() == null
        ? isNewByTime(attempt.startedAt(), attempt.id())
        : isNewEvent(attempt.eventId());
  }

  boolean isNewScore(Attempt attempt, Score score) {
    return score.eventId() == null
        ? isNewByTime(score.at(), "score of " + attempt.id())
        : isNewEvent(score.eventId());
  }

  /** The attempt's score when the export before ended; null where it had none. */
  @Nullable Integer scoreThen(Attempt attempt) {
    Score score = attempt.score();
    boolean wasThere = !isNewAttempt(attempt);
    if (attempt.kind() != AttemptKind.SCORED || score == null) {
      return null;
    }
    if (!isNewScore(attempt, score)) {
      return wasThere ? score.value() : null;
    }
    return wasThere && attempt.artifactId() != null ? scoresThen().get(attempt.artifactId()) : null;
  }

  /** The cursor with which the next export goes on; complete once the export has asked for all. */
  String next() {
    return new ExportCursor(export, last.row(), last.id(), newestTime, newestIds.stream().toList())
        .text();
  }

  private Map<String, Integer> scoresThen() {
    Map<String, Integer> scores = scoresThen;
    if (scores != null) {
      return scores;
    }
    scores = new HashMap<>();
    Map<String, Long> rows = new HashMap<>();
    try (Stream<TrainingEvent> events = corpus.events()) {
      for (Iterator<TrainingEvent> i = events.iterator(); i.hasNext(); ) {
        TrainingEvent event = i.next();
        String artifact = event.artifactId();
        if (artifact != null
            && event.type().equals("artifact.scored")
            && event.payload() != null
            && !isNewRow(event.rowid())
            && event.rowid() > rows.getOrDefault(artifact, 0L)) {
          // The clock may have been set back: only the row tells which score came later.
          rows.put(artifact, event.rowid());
          scores.put(artifact, Json.mapper().readTree(event.payload()).path("score").asInt());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    scoresThen = scores;
    return scores;
  }

  private static BridgeException foreign(String what) {
    return new BridgeException(
        DatasetError.CURSOR_FOREIGN,
        Objects.requireNonNull(what),
        "--since",
        "Export everything once more, without --since.");
  }
}
