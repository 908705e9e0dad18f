package dev.lightningbridge.dataset.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Score;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * rewards.jsonl: one row per scored attempt, the current score only; a failure has no reward. An
 * increment holds an attempt again when it was scored again: the later row counts.
 */
final class RewardsWriter implements ExportWriter {
  record Row(
      String rolloutId,
      String attemptId,
      double reward,
      int score,
      String source,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String comment,
      @Nullable String eventId) {}

  @Override
  public void write(Corpus corpus, ExportRequest request, Since since, ExportFolder folder)
      throws IOException {
    RowFile rows = folder.rows("rewards");
    try (Stream<Attempt> attempts = request.attempts(corpus)) {
      for (Iterator<Attempt> i = attempts.iterator(); i.hasNext(); ) {
        Attempt attempt = i.next();
        Score score = attempt.score();
        if (attempt.kind() != AttemptKind.SCORED || score == null) {
          folder.count("without_reward", 1);
          continue;
        }
        if (!request.lets(attempt) || !since.isNewScore(attempt, score)) {
          continue;
        }
        folder.count("with_reward", 1);
        rows.write(
            new Row(
                LightningRows.rolloutId(attempt),
                attempt.id(),
                score.reward(),
                score.value(),
                "human",
                score.comment(),
                score.eventId()));
      }
    }
  }
}
