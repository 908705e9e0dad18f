package dev.lightningbridge.optimize.verdict;

/**
 * The running sum of differences beside all the sums that it could have under equal prompts, where
 * each difference is as likely with the other sign. Walks that reach a bound end there.
 *
 * <p>Differences are taken in whole steps, the least of which is 1/1800 of a reward, a divisor of
 * ninths and hundredths; or coarser where there are many tasks. Rounding keeps the signs symmetric
 * and so keeps the level.
 */
final class SignFlipWalk {
  private static final int FINEST = 1800;
  private static final int MOST_SUMS = 400_000;

  private final int stepsPerReward;

  /** Probabilities of the sums from −reach to reach, of walks that have not ended. */
  private double[] probabilities = {1};

  private int reach;
  private int observed;
  private double ended;

  /** Of at most so many steps. */
  SignFlipWalk(int steps) {
    this(steps, FINEST);
  }

  /** Of at most so many steps, of which so many at the most make a whole reward. */
  SignFlipWalk(int steps, int finest) {
    this.stepsPerReward = Math.clamp(MOST_SUMS / (2L * steps), 1, finest);
  }

  /** Adds a difference, −1 to 1. */
  void step(double difference) {
    int signed = (int) Math.round(Math.abs(difference) * stepsPerReward);
    observed += difference < 0 ? -signed : signed;
    if (signed == 0) {
      return;
    }
    double[] next = new double[probabilities.length + 2 * signed];
    for (int i = 0; i < probabilities.length; i++) {
      double half = probabilities[i] / 2;
      next[i] += half;
      next[i + 2 * signed] += half;
    }
    probabilities = next;
    reach += signed;
  }

  /** The probability of having ended so far. */
  double ended() {
    return ended;
  }

  /** The probability of not having ended, with a sum of at least the one observed. */
  double atLeastObserved() {
    double sum = 0;
    for (int i = probabilities.length - 1; i >= observed + reach; i--) {
      sum += probabilities[i];
    }
    return sum;
  }

  /**
   * Ends the walks with the largest sums, as many as the probability of having ended allows.
   *
   * @param most that the probability of having ended may be from now on
   * @return whether the observed one is among them
   */
  boolean endFrom(double most) {
    int bound = probabilities.length;
    while (bound > 0 && ended + probabilities[bound - 1] <= most) {
      bound--;
      ended += probabilities[bound];
      probabilities[bound] = 0;
    }
    return observed + reach >= bound;
  }
}
