package dev.lightningbridge.optimize.verdict;

import dev.lightningbridge.optimize.verdict.InUseComparison.Scored;
import dev.lightningbridge.optimize.verdict.InUseComparison.Standing;
import dev.lightningbridge.optimize.verdict.InUseComparison.State;
import dev.lightningbridge.optimize.verdict.VerdictBench.Rewards;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Candidates in use that are worse, as good or better, simulated: how often they are taken back,
 * and after how many pairs. Run by scripts/bench/in-use.
 */
public final class InUseBench {
  private static final double[] EFFECTS = {-0.3, -0.2, -0.1, -0.05, 0, 0.05, 0.1, 0.2};

  /** The share of the calls that are given the candidate. */
  private static final double[] SHARES = {0.1, 0.5};

  private final int runs;
  private final Random random;

  public InUseBench(int runs, long seed) {
    this.runs = runs;
    this.random = new Random(seed);
  }

  /**
   * Shares of the runs, 0 to 1.
   *
   * @param pairs the median of the pairs that it took
   */
  public record Rates(double worse, double better, double undecided, int pairs) {}

  public Rates rates(Rewards kind, double share, double effect) {
    int[] states = new int[State.values().length];
    int[] pairs = new int[runs];
    for (int run = 0; run < runs; run++) {
      Standing standing = InUseComparison.of(scores(kind, share, effect));
      states[standing.state().ordinal()]++;
      pairs[run] = standing.pairs();
    }
    Arrays.sort(pairs);
    return new Rates(
        states[State.WORSE.ordinal()] / (double) runs,
        states[State.BETTER.ordinal()] / (double) runs,
        states[State.UNDECIDED.ordinal()] / (double) runs,
        pairs[runs / 2]);
  }

  /** Of calls whose easiness differs, as many as it takes to the end. */
  private List<Scored> scores(Rewards kind, double share, double effect) {
    List<Scored> scores = new ArrayList<>();
    for (int least = 0; least < InUseComparison.PAIRS; ) {
      boolean candidate = random.nextDouble() < share;
      double easiness = 0.25 + 0.5 * random.nextDouble();
      scores.add(new Scored(candidate, kind.reward(easiness + (candidate ? effect : 0), random)));
      least = Math.min(count(scores, true), count(scores, false));
    }
    return scores;
  }

  private static int count(List<Scored> scores, boolean candidate) {
    int count = 0;
    for (Scored score : scores) {
      count += score.candidate() == candidate ? 1 : 0;
    }
    return count;
  }

  /**
   * Prints the table.
   *
   * @param args how many runs a row
   */
  public static void main(String[] args) {
    InUseBench bench = new InUseBench(args.length > 0 ? Integer.parseInt(args[0]) : 500, 18);
    System.out.println(
        "| scores | given the candidate | candidate's effect | taken back | shown better | undecided"
            + " | pairs, median |\n|---|---|---|---|---|---|---|");
    for (Rewards kind : Rewards.values()) {
      for (double share : SHARES) {
        for (double effect : EFFECTS) {
          Rates rates = bench.rates(kind, share, effect);
          System.out.printf(
              Locale.ROOT,
              "| %s | %.0f %% | %+.2f | %.1f %% | %.1f %% | %.1f %% | %d |%n",
              kind.words(),
              100 * share,
              effect,
              100 * rates.worse(),
              100 * rates.better(),
              100 * rates.undecided(),
              rates.pairs());
        }
      }
    }
  }
}
