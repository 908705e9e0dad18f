package dev.lightningbridge.grading.calibration;

import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.ranking.NaNStrategy;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.TiesStrategy;

/** Figures of agreement between two lists of scores of the same outputs. */
final class Scores {
  private Scores() {}

  /** Spearman's rho, ties by their mean rank; 0 where one side never differs. */
  static double spearman(double[] a, double[] b) {
    NaturalRanking ranking = new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE);
    double[] x = ranking.apply(a);
    double[] y = ranking.apply(b);
    double spread = Math.sqrt(covariance(x, x) * covariance(y, y));
    return spread == 0 ? 0 : covariance(x, y) / spread;
  }

  /**
   * Cohen's kappa with quadratic weights (Cohen, 1968) in its closed form 2 s₁₂ / (s₁² + s₂² + (m₁
   * − m₂)²), the concordance correlation of Lin (1989), which also takes scores that are no whole
   * numbers; 0 where neither side ever differs.
   */
  static double weightedKappa(double[] a, double[] b) {
    double shift = Mean.of(a).getAsDouble() - Mean.of(b).getAsDouble();
    double byChance = covariance(a, a) + covariance(b, b) + shift * shift;
    return byChance == 0 ? 0 : 2 * covariance(a, b) / byChance;
  }

  static double meanAbsoluteError(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum / a.length;
  }

  /** Of the straight line through y by x (least squares); 0 where x never differs. */
  static double slope(double[] x, double[] y) {
    double spread = covariance(x, x);
    return spread == 0 ? 0 : covariance(x, y) / spread;
  }

  private static double covariance(double[] a, double[] b) {
    double meanA = Mean.of(a).getAsDouble();
    double meanB = Mean.of(b).getAsDouble();
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - meanA) * (b[i] - meanB);
    }
    return sum / a.length;
  }
}
