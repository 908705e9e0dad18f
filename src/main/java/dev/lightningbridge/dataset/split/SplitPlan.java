package dev.lightningbridge.dataset.split;

/**
 * How many distinct inputs go where.
 *
 * @param testShare the share of inputs that is sealed for the verdict, 0 to 1
 * @param minimumTest with fewer sealed inputs there is no split. Eight, because that is the first
 *     number at which a one-sided sign test at 5 % finds with a probability of 80 % a prompt that
 *     wins on nine of ten inputs
 * @param minimumValidation fewer could not tell candidates apart
 * @param maximumValidation every one of them is run for every candidate, so they cost most
 * @param minimumTrain the rollouts behind one critique
 */
public record SplitPlan(
    double testShare,
    int minimumTest,
    int minimumValidation,
    int maximumValidation,
    int minimumTrain) {
  /** 16 inputs are about 8 test, 4 validation, 4 train; 60 are about 24, 16, 20. */
  public static final SplitPlan DEFAULT = new SplitPlan(0.4, 8, 4, 16, 4);

  public SplitPlan {
    if (!(testShare > 0 && testShare < 1)
        || minimumTest < 1
        || minimumValidation < 1
        || maximumValidation < minimumValidation
        || minimumTrain < 1) {
      throw new IllegalArgumentException("no sets can be made by this plan");
    }
  }

  /** The plan with another number of validation inputs at most. */
  public SplitPlan withMaximumValidation(int maximum) {
    return new SplitPlan(
        testShare, minimumTest, Math.min(minimumValidation, maximum), maximum, minimumTrain);
  }

  /** The distinct inputs that there must be. */
  public int minimumTasks() {
    return minimumTest + minimumValidation + minimumTrain;
  }
}
