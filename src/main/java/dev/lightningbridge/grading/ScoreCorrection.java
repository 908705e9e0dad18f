package dev.lightningbridge.grading;

import java.util.List;

/**
 * What people would score where the judge scores 1 to 10: never less for a higher score.
 *
 * @param byScore ten values, 1 to 10, for the judge's scores from 1 to 10
 */
public record ScoreCorrection(List<Double> byScore) {
  /** Takes every score as it is. */
  public static final ScoreCorrection NONE =
      new ScoreCorrection(List.of(1., 2., 3., 4., 5., 6., 7., 8., 9., 10.));

  public ScoreCorrection {
    byScore = List.copyOf(byScore);
    boolean rises = byScore.equals(byScore.stream().sorted().toList());
    boolean onScale = byScore.stream().allMatch(value -> value >= 1 && value <= 10);
    if (byScore.size() != 10 || !rises || !onScale) {
      throw new IllegalArgumentException("not ten scores that never fall: " + byScore);
    }
  }

  /** The corrected score, 1 to 10, of a judge's score; straight between whole ones. */
  public double apply(double score) {
    int below = (int) Math.floor(score);
    double value = byScore.get(below - 1);
    return score == below ? value : value + (score - below) * (byScore.get(below) - value);
  }
}
