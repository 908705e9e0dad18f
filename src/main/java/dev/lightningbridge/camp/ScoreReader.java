package dev.lightningbridge.camp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.corpus.Score;
import dev.lightningbridge.corpus.TrainingEvent;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The one current score of an artifact: its evaluation's, which the app updates in place; where
 * that is missing or bad, the last score event's.
 */
final class ScoreReader {
  private ScoreReader() {}

  /**
   * @param event the artifact's last score event
   */
  static @Nullable Score read(
      Row row,
      EventRow.@Nullable Said event,
      String artifactId,
      JsonNode metadata,
      EventHistory history)
      throws SQLException {
    TrainingEvent last = event == null ? null : event.event();
    JsonNode said = event == null ? MissingNode.getInstance() : event.payload();
    checkAttempt(row.problems(), last, JsonText.text(said.path("metadata"), "attemptId"), metadata);
    Long fromEvent = inRange(JsonText.integer(said, "score"));
    String evaluation = row.text("evaluation_id");
    Long current = evaluation == null ? null : inRange(row.integer("score"));
    if (current != null) {
      TrainingEvent scored = last;
      if (last != null && fromEvent != null && !fromEvent.equals(current)) {
        row.problems()
            .add(
                last.id(),
                CampError.SCORES_DISAGREE,
                "the event says %d, evaluation %s %d".formatted(fromEvent, evaluation, current));
        scored = history.scoredAs(artifactId, current);
      }
      return new Score(
          current.intValue(),
          row.text("comment"),
          scored == null ? null : scored.id(),
          scored == null ? row.integer("scored_at", 0) : scored.timestamp());
    }
    if (evaluation != null) {
      row.problems()
          .add(evaluation, CampError.BAD_SCORE, "the score is " + row.text("score", "missing"));
    }
    return last == null || fromEvent == null
        ? null
        : new Score(
            fromEvent.intValue(), JsonText.text(said, "comment"), last.id(), last.timestamp());
  }

  private static void checkAttempt(
      Problems problems, @Nullable TrainingEvent last, @Nullable String said, JsonNode metadata) {
    String own = JsonText.text(metadata, "attemptId");
    if (last != null && said != null && own != null && !said.equals(own)) {
      problems.add(
          last.id(),
          CampError.IDS_CONTRADICT,
          "the payload's attempt is %s, the artifact's %s; the artifact's counts"
              .formatted(said, own));
    }
  }

  private static @Nullable Long inRange(@Nullable Long score) {
    return score == null || score < 1 || score > 10 ? null : score;
  }
}
