package dev.lightningbridge.grading.calibration;

import java.util.Locale;

/** When a verdict may rest on a judge. */
public final class TrustPolicy {
  /** A kappa from 0.4 on is called moderate agreement (Landis and Koch, 1977). */
  public static final double LEAST_KAPPA = 0.4;

  public static final int FEWEST_OUTPUTS = 20;

  private TrustPolicy() {}

  /**
   * A judge is trusted where its agreement with people was measured on enough outputs and is at
   * least moderate even at the lower end of its 95 % interval.
   */
  public static Trust decide(Agreement agreement) {
    double low = agreement.kappa().interval().low();
    if (agreement.n() < FEWEST_OUTPUTS) {
      return tooFew(agreement.n());
    }
    String measured =
        String.format(
            Locale.ROOT,
            "its weighted kappa with %d human scores is %.2f (95 %% interval from %.2f)",
            agreement.n(),
            agreement.kappa().value(),
            low);
    measured = measured.replace('-', '−');
    return low < LEAST_KAPPA
        ? new Trust(false, "It agrees too little with people: " + measured + "; 0.40 is needed.")
        : new Trust(true, "It agrees with people: " + measured + ".");
  }

  /**
   * The decision where people gave all outputs one score: whatever the judge does, nothing tells
   * whether it agrees.
   *
   * @param score 1 to 10
   */
  public static Trust oneScore(int outputs, double score) {
    return new Trust(
        false,
        String.format(
            Locale.ROOT,
            "Its agreement with people cannot be measured: all %d outputs have the same human"
                + " score, %.0f. Have people score outputs that are better or worse.",
            outputs,
            score));
  }

  /** The decision where there are fewer than {@link #FEWEST_OUTPUTS} outputs to test on. */
  public static Trust tooFew(int outputs) {
    return new Trust(
        false,
        "It was held against %d human score%s only; %d are needed."
            .formatted(outputs, outputs == 1 ? "" : "s", FEWEST_OUTPUTS));
  }

  /**
   * The decision.
   *
   * @param reason one sentence
   */
  public record Trust(boolean trusted, String reason) {}
}
