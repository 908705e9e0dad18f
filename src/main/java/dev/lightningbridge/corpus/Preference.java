package dev.lightningbridge.corpus;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A person's choice of one output before others, by a lock or by a comparison.
 *
 * @param eventId of the lock or the comparison
 * @param lineageId the winner's
 * @param loserArtifactIds at least one
 * @param reason the person's words; null where none are kept, as with every lock
 * @param at milliseconds since the epoch
 */
public record Preference(
    Source source,
    String eventId,
    String sessionId,
    String lineageId,
    String winnerArtifactId,
    List<String> loserArtifactIds,
    @Nullable String reason,
    long at) {
  /** How the choice was made. */
  public enum Source {
    /** Outputs beside each other: event {@code artifact.compared}. */
    COMPARISON,
    /** A lineage kept as better than the others: event {@code lineage.locked}. */
    LOCK
  }

  /** All outputs that these choices are between, by their artifacts. */
  public static Set<String> artifactIds(Collection<Preference> choices) {
    Set<String> ids = new HashSet<>();
    for (Preference choice : choices) {
      ids.add(choice.winnerArtifactId);
      ids.addAll(choice.loserArtifactIds);
    }
    return ids;
  }

  static Preference of(Lock lock) {
    return new Preference(
        Source.LOCK,
        lock.eventId(),
        lock.sessionId(),
        lock.lineageId(),
        lock.winnerArtifactId(),
        lock.loserArtifactIds(),
        null,
        lock.at());
  }
}
