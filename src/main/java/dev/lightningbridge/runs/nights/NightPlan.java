package dev.lightningbridge.runs.nights;

import dev.lightningbridge.model.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a night does, fixed before its first run: the lineages that it picked and those that it
 * looked at and left.
 *
 * @param waiting the lineages that come next where the picked ones leave calls over, in order
 * @param error why it could not look; null where it could
 */
public record NightPlan(
    List<Pick> picked, List<Waiting> waiting, List<Left> left, @Nullable String error) {
  static final NightPlan NONE = new NightPlan(List.of(), List.of(), List.of(), null);

  /** Nights that an earlier release planned have nobody who waits. */
  @SuppressWarnings("NullAway")
  public NightPlan {
    waiting = waiting == null ? List.of() : List.copyOf(waiting);
  }

  /** Nothing could be read. */
  static NightPlan failed(String error) {
    return new NightPlan(List.of(), List.of(), List.of(), error);
  }

  /**
   * A lineage.
   *
   * @param newScores current scores that are newer than its last run's start
   */
  public record Of(
      String sessionId, String session, String lineageId, String label, int newScores) {}

  /** A lineage to run, within limits. */
  public record Pick(Of lineage, Limits limits) {}

  /**
   * A lineage that the night's budget does not serve well too, unless the runs before it leave
   * something over.
   *
   * @param calls without which its run is not begun
   */
  public record Waiting(Of lineage, long calls) {
    Left left() {
      return new Left(
          lineage,
          "the night's budget does not pay for it too; a run of it needs about %d calls"
              .formatted(calls));
    }
  }

  /** A lineage that is left alone, and why. */
  public record Left(Of lineage, String why) {}
}
