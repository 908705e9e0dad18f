package dev.lightningbridge.optimize.verdict;

import java.util.SplittableRandom;

/**
 * Sign patterns drawn at random, the same ones for the same seed. A pattern is told by the
 * differences whose sign it turns.
 *
 * @param count how many
 */
record DrawnPatterns(int count, long seed) {
  static final int FEWEST = 100_000;

  /** Some seconds of work, with hundreds of differences. */
  private static final int MOST = 20_000_000;

  /** So many patterns lie beyond a level on the average that p-values near it are told apart. */
  private static final int BEYOND_LEVEL = 20;

  /** As many as it takes to say whether this level is passed. */
  static DrawnPatterns enoughFor(double level, long seed) {
    return new DrawnPatterns((int) Math.clamp(Math.ceil(BEYOND_LEVEL / level), FEWEST, MOST), seed);
  }

  /** Is told a pattern. */
  @FunctionalInterface
  interface Visitor {
    /**
     * A pattern.
     *
     * @param sum of the differences that it turns; {@code turned} how many these are
     */
    void pattern(double sum, int turned);
  }

  void over(double[] differences, Visitor visitor) {
    double[][] sums = sumsByEights(differences);
    SplittableRandom random = new SplittableRandom(seed);
    for (int pattern = 0; pattern < count; pattern++) {
      double sum = 0;
      int turned = 0;
      long signs = 0;
      for (int i = 0; i < sums.length; i++) {
        signs = i % Long.BYTES == 0 ? random.nextLong() : signs >>> Byte.SIZE;
        int bits = (int) signs & (sums[i].length - 1);
        sum += sums[i][bits];
        turned += Integer.bitCount(bits);
      }
      visitor.pattern(sum, turned);
    }
  }

  /** Of each eight differences, and what is left, the sum of every subset, which is a bit mask. */
  private static double[][] sumsByEights(double[] differences) {
    double[][] sums = new double[Math.ceilDiv(differences.length, Byte.SIZE)][];
    for (int i = 0; i < sums.length; i++) {
      int from = i * Byte.SIZE;
      sums[i] = new double[1 << Math.min(Byte.SIZE, differences.length - from)];
      for (int bits = 1; bits < sums[i].length; bits++) {
        sums[i][bits] =
            sums[i][bits & (bits - 1)] + differences[from + Integer.numberOfTrailingZeros(bits)];
      }
    }
    return sums;
  }
}
