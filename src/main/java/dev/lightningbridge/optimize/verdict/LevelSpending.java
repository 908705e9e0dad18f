package dev.lightningbridge.optimize.verdict;

import java.util.List;

/**
 * Spends the level of 5 % over all tests of one agent on the same sealed tasks, since prompts that
 * are no better pass a test of 5 % in three of four months of nights. The k-th test has the level
 * 0.05 / (2 k²), so that all tests together, however many, have at most 0.05 · π² / 12 = 4.1 %: a
 * convergent series as in the online tests of Javanmard and Montanari (2018), by Bonferroni's
 * inequality. The rest of the 5 % is for tasks that are exchanged by and by.
 *
 * <p>k is 1 and the earlier tests on today's tasks: one counts whole where at least half of today's
 * tasks were in it, else by twice their share. So fresh tasks raise the level again, up to that of
 * a first test where all are fresh; a set that merely grows does not.
 */
public final class LevelSpending {
  private LevelSpending() {}

  /** The level of a test on tasks that were never opened before. */
  public static double first() {
    return level(0);
  }

  /** The level of a test, by what the earlier ones count for. */
  public static double level(double earlier) {
    double k = 1 + earlier;
    return Verdict.LEVEL / (2 * k * k);
  }

  /**
   * What earlier tests count for.
   *
   * @param today how many tasks there are, at least one
   * @param shared how many of them were in each earlier test, reworded ones among them
   */
  public static double counted(int today, List<Integer> shared) {
    return shared.stream().mapToDouble(tasks -> Math.min(1, 2.0 * tasks / today)).sum();
  }
}
