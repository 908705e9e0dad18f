package dev.lightningbridge.grading.calibration;

import dev.lightningbridge.common.Interval;
import dev.lightningbridge.grading.ScoreCorrection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a judge does against people.
 *
 * @param trust of the judge as it would be used: corrected where a correction helps
 * @param shown ids of the scored outputs that the judge was shown as examples
 * @param n held-out outputs that it was tested on
 * @param failures held-out outputs without a readable score
 * @param complete whether all held-out outputs were judged before the budget ran out
 * @param correction null where none helps
 * @param alwaysTheMean what the mean of people's scores would do in the judge's place
 * @param lengthOfText what the best straight line by the logarithm of the length would do
 * @param pairsInOrder share of the pairs within a lineage, scored differently by people, that the
 *     judge orders as they do (a tie is half); null where there is no such pair
 * @param choices how often the judge prefers what people preferred; null where no pair was judged,
 *     or the calibration is of a version before
 * @param repeatability null where the budget ran out before it
 * @param persuasion how far it can be talked into a score; null where that was not tested: people
 *     scored no output low, the budget ran out, or the calibration is of a version before
 * @param points every score, for the scatter plot
 * @param worst the ten worst disagreements
 */
public record CalibrationReport(
    TrustPolicy.Trust trust,
    List<String> shown,
    int n,
    int failures,
    boolean complete,
    Agreement judge,
    @Nullable Correction correction,
    Agreement alwaysTheMean,
    Agreement lengthOfText,
    Length length,
    List<Lineage> lineages,
    @Nullable Double pairsInOrder,
    int pairs,
    @Nullable ChoiceAgreement choices,
    List<Band> bands,
    @Nullable Repeatability repeatability,
    @Nullable Persuasion persuasion,
    List<Point> points,
    List<Judged> worst) {

  /**
   * A monotone correction that helps.
   *
   * @param corrected agreement of the corrected scores, forecast by cross-validation
   */
  public record Correction(ScoreCorrection correction, Agreement corrected) {}

  /**
   * Love of length: the rank correlation of an output's length with the scores of people and of the
   * judge. A judge far above people rewards length by itself.
   */
  public record Length(double people, double judge) {}

  /** Agreement within a lineage; the figures are 0 where scores never differ. */
  public record Lineage(String lineage, int n, double rho, double kappa, double mae) {}

  /**
   * Bias where people score in a band.
   *
   * @param bias judge's mean minus people's mean, in points, with its 95 % interval by Student's t
   */
  public record Band(
      int from, int to, int n, double people, double judge, double bias, @Nullable Interval ci) {}

  /**
   * The judge against itself: outputs judged twice.
   *
   * @param same share of equal scores
   * @param difference mean absolute difference, in points
   */
  public record Repeatability(int n, double same, double difference) {}

  /** A person's and the judge's score of an output. */
  public record Point(String id, String lineage, int people, int judge) {}

  /** An output with the judge's opinion. */
  public record Judged(ScoredOutput output, int score, String reason) {
    int distance() {
      return Math.abs(score - output.score());
    }
  }
}
