package dev.lightningbridge.optimize.verdict;

import java.util.function.DoubleUnaryOperator;

/**
 * The {@link SignFlips} looked at after each task: it is passed as soon as the sum of the
 * differences so far reaches a bound. The bounds are such that between equal prompts any of them is
 * ever reached with a probability of at most the level, however often one looks, so that the test
 * may end there.
 *
 * <p>A group-sequential test by spending the level (Lan and DeMets, 1983): after k of n tasks at
 * most 0.6 · (k/n)^1.5 of the level is spent (the power family of Kim and DeMets, 1987), and the
 * whole of it after the last task; what a look leaves unspent is the next one's. The rest that is
 * kept for the end keeps the power near that of a single look: docs/benchmarks.md has the figures
 * by which this was chosen. The bounds are not those of a normal approximation: given the sizes of
 * the differences their signs are fair coins, so that the probabilities are counted ({@link
 * SignFlipWalk}), and the level holds for few tasks and rewards of any shape.
 *
 * <p>The p-value is that of the stagewise ordering (Jennison and Turnbull, 2000, 8.4): the
 * probability, between equal prompts, of having ended earlier or as well. It is at most the level
 * if and only if the test is passed.
 */
final class SequentialBounds {
  /** The share of the level that is spent before the last task. */
  private static final double BEFORE_THE_END = 0.6;

  private static final double POWER_OF_TIME = 1.5;

  static final DoubleUnaryOperator SPENDING =
      part -> BEFORE_THE_END * Math.pow(part, POWER_OF_TIME);

  private final int planned;
  private final double level;
  private final DoubleUnaryOperator spending;
  private final SignFlipWalk walk;
  private int tasks;
  private double pValue = 1;
  private boolean passed;

  /**
   * Begins.
   *
   * @param planned tasks, at least 1, those that will be left out among them
   * @param level one-sided
   */
  SequentialBounds(int planned, double level) {
    this(planned, level, new SignFlipWalk(planned), SPENDING);
  }

  /**
   * With other bounds.
   *
   * @param spending the share of the level that is spent after a part of the tasks, both 0 to 1
   */
  SequentialBounds(int planned, double level, SignFlipWalk walk, DoubleUnaryOperator spending) {
    this.planned = planned;
    this.level = level;
    this.walk = walk;
    this.spending = spending;
  }

  /**
   * Takes the next task in. Nothing changes once the test is passed.
   *
   * @param difference winner's reward minus baseline's; NaN where the task is left out
   */
  void add(double difference) {
    if (tasks == planned) {
      throw new IllegalStateException("more than the %d tasks planned".formatted(planned));
    }
    tasks++;
    if (passed) {
      return;
    }
    if (!Double.isNaN(difference)) {
      walk.step(difference);
    }
    pValue = walk.ended() + walk.atLeastObserved();
    passed = walk.endFrom(spentAfter(tasks));
  }

  private double spentAfter(int k) {
    return k == planned ? level : level * spending.applyAsDouble((double) k / planned);
  }

  /** Whether a bound was reached: the winner is better. */
  boolean passed() {
    return passed;
  }

  /** Of the look at which the test was passed; or else of the last one. */
  double pValue() {
    return pValue;
  }
}
