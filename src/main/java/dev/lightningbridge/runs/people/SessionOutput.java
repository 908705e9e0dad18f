package dev.lightningbridge.runs.people;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Score;
import org.jspecify.annotations.Nullable;

/**
 * An output of a session that people can score, or have scored.
 *
 * @param id the artifact's
 * @param lineage its label
 * @param version of the agent that made it; 0 where that is not known
 * @param score the current one, 1 to 10; null where nobody scored it
 * @param createdAt milliseconds since the epoch, as {@code scoredAt}
 */
public record SessionOutput(
    String id,
    String attemptId,
    String lineageId,
    String lineage,
    int version,
    int cycle,
    String input,
    String output,
    @Nullable Integer score,
    @Nullable String comment,
    long createdAt,
    @Nullable Long scoredAt) {
  /**
   * Null for a failed execution, one that analysed another, and one whose input is not known.
   *
   * @param lineage its label
   */
  static @Nullable SessionOutput of(Attempt attempt, String lineage) {
    String id = attempt.artifactId();
    String output = attempt.output();
    boolean isShown =
        attempt.kind() == AttemptKind.SCORED || attempt.kind() == AttemptKind.UNSCORED;
    if (id == null || output == null || attempt.input().isBlank() || !isShown) {
      return null;
    }
    Score score = attempt.score();
    return new SessionOutput(
        id,
        attempt.id(),
        attempt.lineageId(),
        lineage,
        attempt.agentVersionNumber(),
        attempt.cycle(),
        attempt.input(),
        output,
        score == null ? null : score.value(),
        score == null ? null : score.comment(),
        attempt.startedAt(),
        score == null ? null : score.at());
  }

  /** Which agent version made it: versions are counted by lineage. */
  String maker() {
    return lineageId + " " + version;
  }
}
