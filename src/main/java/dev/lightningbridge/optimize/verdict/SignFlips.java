package dev.lightningbridge.optimize.verdict;

import java.util.Arrays;

/**
 * The paired one-sided sign-flip test (Fisher's randomisation test for paired data): were both
 * prompts equally good, each difference would be as likely with the other sign, so the p-value is
 * the share of all sign patterns whose sum is at least the one observed. It assumes nothing about
 * the shape of the rewards, and at 5 % it is wrong at most once in twenty A/A comparisons.
 *
 * <p>Up to {@value #EXACT_UP_TO} tasks all patterns are counted, by halves: the sorted sums of each
 * half are matched against each other (Horowitz and Sahni, 1974). Beyond that patterns are drawn,
 * the more the lower the level, and p is (b + 1) / (m + 1), which keeps the level (Phipson and
 * Smyth, 2010). Differences of zero change no sum and so do not count.
 */
public final class SignFlips {
  static final int EXACT_UP_TO = 40;

  /** Sums that differ by less, relative to the sum of all differences, are taken as ties. */
  private static final double TIE = 1e-9;

  private SignFlips() {}

  /**
   * The probability of a mean difference as large as this one or larger between equal prompts.
   *
   * @param differences winner's reward minus baseline's, task by task
   * @param level that p will be compared with
   * @param seed of the patterns drawn, where they are drawn
   */
  public static double pValue(double[] differences, double level, long seed) {
    return differences.length <= EXACT_UP_TO
        ? counted(differences)
        : drawn(differences, DrawnPatterns.enoughFor(level, seed));
  }

  /** The smallest number of tasks that can give a p-value of at most this: 2⁻ⁿ is the least. */
  public static int fewestTasks(double level) {
    return (int) Math.ceil(-Math.log(level) / Math.log(2));
  }

  /** The difference from which on two sums of these are two. */
  static double tie(double[] differences) {
    return TIE * Arrays.stream(differences).map(Math::abs).sum();
  }

  static double counted(double[] differences) {
    double[] sizes = Arrays.stream(differences).filter(d -> d != 0).map(Math::abs).toArray();
    double atLeast = Arrays.stream(differences).sum() - tie(differences);
    int half = sizes.length / 2;
    double[] left = sortedSums(Arrays.copyOfRange(sizes, 0, half));
    double[] right = sortedSums(Arrays.copyOfRange(sizes, half, sizes.length));
    long count = 0;
    int from = right.length;
    for (double sum : left) {
      while (from > 0 && sum + right[from - 1] >= atLeast) {
        from--;
      }
      count += right.length - from;
    }
    return count / ((double) left.length * right.length);
  }

  /** The sums over all sign patterns, ascending: each size merges its two shifted copies. */
  private static double[] sortedSums(double[] sizes) {
    double[] sums = {0};
    for (double size : sizes) {
      double[] merged = new double[2 * sums.length];
      int down = 0;
      int up = 0;
      for (int i = 0; i < merged.length; i++) {
        boolean takeDown =
            up == sums.length || (down < sums.length && sums[down] - size <= sums[up] + size);
        merged[i] = takeDown ? sums[down++] - size : sums[up++] + size;
      }
      sums = merged;
    }
    return sums;
  }

  private static double drawn(double[] differences, DrawnPatterns patterns) {
    double tie = tie(differences);
    int[] asLarge = {0};
    patterns.over(
        differences,
        (sum, turned) -> {
          if (sum <= tie) {
            asLarge[0]++;
          }
        });
    return (asLarge[0] + 1.0) / (patterns.count() + 1.0);
  }
}
