package dev.lightningbridge.dataset.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Score;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.TextHash;
import java.io.IOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * sft.jsonl: one conversation a line, the outputs whose current score is high, each example once.
 * What was scored low elsewhere teaches nothing ({@link Taught}) and is left out.
 */
final class SftWriter implements ExportWriter {
  private static final int DEFAULT_MIN_SCORE = 8;

  /** So much below the least score is low, as between the outputs of a preference pair. */
  private static final int MARGIN = PairRules.DEFAULT.minMargin();

  record Row(
      List<Message> messages,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Metadata metadata) {}

  record Metadata(
      String attemptId,
      String rolloutId,
      @Nullable String agentVersionId,
      String lineageId,
      String sessionId,
      int score,
      @Nullable String eventId) {}

  @Override
  public void write(Corpus corpus, ExportRequest request, Since since, ExportFolder folder)
      throws IOException {
    RowFile rows = folder.rows("sft");
    int minimum = request.minScore() == null ? DEFAULT_MIN_SCORE : request.minScore();
    Set<TextHash> seen =
        since.isIncrement() ? then(corpus, request, since, minimum) : new HashSet<>();
    Set<TextHash> low = low(corpus, request, minimum);
    try (Stream<Attempt> attempts = request.attempts(corpus)) {
      for (Iterator<Attempt> i = attempts.iterator(); i.hasNext(); ) {
        Attempt attempt = i.next();
        since.isNew(attempt);
        Score score = attempt.score();
        if (score == null || score.value() < minimum) {
          continue;
        }
        TuningExample example = TuningExample.of(attempt, folder);
        if (example == null || !request.takes(example)) {
          continue;
        }
        if (low.contains(example.hash())) {
          folder.count("scored_both_ways", 1);
        } else if (seen.add(example.hash())) {
          rows.write(new Row(example.messages(), metadata(request, attempt, score)));
          folder.count("score_" + score.value(), 1);
        } else {
          folder.count("identical", 1);
        }
      }
    }
  }

  /** The examples that some attempt was scored low for. */
  private static Set<TextHash> low(Corpus corpus, ExportRequest request, int minimum) {
    Set<TextHash> low = new HashSet<>();
    try (Stream<Attempt> attempts = request.attempts(corpus)) {
      for (Iterator<Attempt> i = attempts.iterator(); i.hasNext(); ) {
        Attempt attempt = i.next();
        Score score = attempt.score();
        TuningExample example =
            score != null && score.value() <= minimum - MARGIN ? TuningExample.of(attempt) : null;
        if (example != null) {
          low.add(example.hash());
        }
      }
    }
    return low;
  }

  /** The examples that there were when the export before ended. */
  private static Set<TextHash> then(
      Corpus corpus, ExportRequest request, Since since, int minimum) {
    Set<TextHash> examples = new HashSet<>();
    try (Stream<Attempt> attempts = request.attempts(corpus)) {
      for (Iterator<Attempt> i = attempts.iterator(); i.hasNext(); ) {
        Attempt attempt = i.next();
        Integer score = since.scoreThen(attempt);
        TuningExample example =
            score != null && score >= minimum ? TuningExample.of(attempt) : null;
        if (example != null && request.takes(example)) {
          examples.add(example.hash());
        }
      }
    }
    return examples;
  }

  private static @Nullable Metadata metadata(ExportRequest request, Attempt a, Score score) {
    return request.metadata()
        ? new Metadata(
            a.id(),
            LightningRows.rolloutId(a),
            a.agentVersionId(),
            a.lineageId(),
            a.sessionId(),
            score.value(),
            score.eventId())
        : null;
  }
}
