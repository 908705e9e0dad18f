package dev.lightningbridge.optimize;

import dev.lightningbridge.optimize.Verdict.Decision;
import java.util.Locale;
import java.util.Random;

/**
 * How often the verdict promotes, over simulated test sets: with no difference between the prompts
 * (A/A, where 5 % is the most that may be), and with differences of several sizes. Beside it the
 * rule that takes the better mean, which is what a search by itself does. Run by
 * scripts/bench/verdict.
 */
final class VerdictBench {
  private static final int[] TASKS = {5, 8, 12, 16, 20, 30};
  private static final double[] EFFECTS = {0, 0.05, 0.1, 0.2};

  private final int runs;
  private final Random random;

  VerdictBench(int runs, long seed) {
    this.runs = runs;
    this.random = new Random(seed);
  }

  /** Kinds of rewards that graders give. */
  enum Rewards {
    SCORES {
      @Override
      double reward(double skill, Random random) {
        double score = 1 + 9 * skill + 1.5 * random.nextGaussian();
        return (Math.min(10, Math.max(1, Math.rint(score))) - 1) / 9;
      }
    },
    RIGHT_OR_WRONG {
      @Override
      double reward(double skill, Random random) {
        return random.nextDouble() < skill ? 1 : 0;
      }
    };

    abstract double reward(double skill, Random random);
  }

  /** Shares of promotions, by the verdict and by the better mean. */
  record Rates(double verdict, double betterMean) {}

  Rates rates(Rewards kind, int tasks, double effect) {
    int promoted = 0;
    int better = 0;
    for (int run = 0; run < runs; run++) {
      double[] baseline = new double[tasks];
      double[] winner = new double[tasks];
      for (int i = 0; i < tasks; i++) {
        double easiness = 0.25 + 0.5 * random.nextDouble();
        baseline[i] = kind.reward(easiness, random);
        winner[i] = kind.reward(easiness + effect, random);
      }
      TestResult test = TestResult.of(baseline, winner, 0, run);
      promoted += Verdict.of(test).decision() == Decision.PROMOTE ? 1 : 0;
      better += test.difference() > 0 ? 1 : 0;
    }
    return new Rates(promoted / (double) runs, better / (double) runs);
  }

  public static void main(String[] args) {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 2000;
    VerdictBench bench = new VerdictBench(runs, 1);
    System.out.printf(
        "PROMOTE in %% of %d simulated runs each; in brackets: the rule that takes the better mean%n",
        runs);
    for (Rewards kind : Rewards.values()) {
      System.out.printf(
          "%n%s%n%6s", kind.name().toLowerCase(Locale.ROOT).replace('_', ' '), "tasks");
      for (double effect : EFFECTS) {
        System.out.print(effect == 0 ? "          A/A" : "       +%.2f ".formatted(effect));
      }
      System.out.println();
      for (int tasks : TASKS) {
        System.out.printf("%6d", tasks);
        for (double effect : EFFECTS) {
          Rates rates = bench.rates(kind, tasks, effect);
          System.out.printf("%6.1f (%4.1f)", 100 * rates.verdict(), 100 * rates.betterMean());
        }
        System.out.println();
      }
    }
  }
}
