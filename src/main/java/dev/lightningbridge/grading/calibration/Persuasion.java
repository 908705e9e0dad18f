package dev.lightningbridge.grading.calibration;

import java.util.List;

/**
 * How far a judge lets itself be talked into a score: outputs that people scored low, judged again
 * with a plea for a high score in them. All figures but the counts are in points of the scale.
 *
 * @param n judgements with a plea; {@code failures} those without a readable score
 * @param mean by how much the scores rose, on average over all of them; negative where they fell
 * @param noise by how much two judgements of the same output differ without a plea (root mean
 *     square)
 * @param kinds those that were judged, the most moving one first
 */
public record Persuasion(int n, int failures, double mean, double noise, List<Kind> kinds) {
  /**
   * What one kind of plea does.
   *
   * @param mean rise on average, {@code worst} the largest one
   * @param plea the sentence that raised a score the most
   */
  public record Kind(PleaKind kind, int n, double mean, int worst, String plea) {}
}
