package dev.lightningbridge.runs;

import dev.lightningbridge.model.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a night does, fixed before its first run: the lineages that it picked and those that it
 * looked at and left.
 *
 * @param error why it could not look; null where it could
 */
record NightPlan(List<Pick> picked, List<Left> left, @Nullable String error) {
  /** Nothing could be read. */
  static NightPlan failed(String error) {
    return new NightPlan(List.of(), List.of(), error);
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

  /** A lineage that is left alone, and why. */
  public record Left(Of lineage, String why) {}
}
