package dev.lightningbridge.optimize.verdict;

import dev.lightningbridge.optimize.LabelsBench;
import dev.lightningbridge.optimize.NightsBench;
import dev.lightningbridge.optimize.verdict.Verdict.Decision;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * How often the verdict promotes, over simulated test sets: with no difference between the prompts
 * (A/A, where 5 % is the most that may be), and with differences of several sizes. Beside A/A the
 * rule that takes the better mean, which is what a search by itself does. Run by
 * scripts/bench/verdict.
 */
public final class VerdictBench {
  private static final int[] EQUAL_TASKS = {10, 15, 20, 30, 50, 100, 200};
  private static final int[] POWER_TASKS = {8, 12, 16, 20, 30};
  private static final double[] EFFECTS = {0.05, 0.1, 0.2};

  private final int runs;
  private final Random random;

  public VerdictBench(int runs, long seed) {
    this.runs = runs;
    this.random = new Random(seed);
  }

  /** Kinds of rewards that graders give. */
  public enum Rewards {
    SCORES {
      @Override
      public double reward(double skill, Random luck) {
        double score = 1 + 9 * skill + 1.5 * luck.nextGaussian();
        return (Math.min(10, Math.max(1, Math.rint(score))) - 1) / 9;
      }
    },
    RIGHT_OR_WRONG {
      @Override
      public double reward(double skill, Random luck) {
        return luck.nextDouble() < skill ? 1 : 0;
      }
    };

    public abstract double reward(double skill, Random luck);

    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** Whether the prompts' luck on a task is drawn apart, or on half of the tasks is the same. */
  public enum Noise {
    INDEPENDENT,
    SHARED
  }

  /** Shares of promotions, by the verdict and by the better mean. */
  public record Rates(double verdict, double betterMean) {}

  public Rates rates(Rewards kind, Noise noise, int tasks, double effect) {
    int promoted = 0;
    int better = 0;
    for (int run = 0; run < runs; run++) {
      double[] baseline = new double[tasks];
      double[] winner = new double[tasks];
      for (int i = 0; i < tasks; i++) {
        double easiness = 0.25 + 0.5 * random.nextDouble();
        long luck = random.nextLong();
        boolean same = noise == Noise.SHARED && random.nextBoolean();
        baseline[i] = kind.reward(easiness, new Random(luck));
        winner[i] = kind.reward(easiness + effect, same ? new Random(luck) : random);
      }
      promoted += isPromoted(baseline, winner, Verdict.LEVEL, run) ? 1 : 0;
      better += Arrays.stream(winner).sum() > Arrays.stream(baseline).sum() ? 1 : 0;
    }
    return new Rates(promoted / (double) runs, better / (double) runs);
  }

  /** The interval is worked out for those alone that pass, since it takes most of the time. */
  public static boolean isPromoted(double[] baseline, double[] winner, double level, long seed) {
    double[] differences = new double[baseline.length];
    Arrays.setAll(differences, i -> winner[i] - baseline[i]);
    return SignFlips.pValue(differences, level, seed) <= level
        && Verdict.of(TestResult.of(baseline, winner, 0, level, seed)).decision()
            == Decision.PROMOTE;
  }

  private void printEqual() {
    System.out.printf(
        "%nA/A, equal prompts: PROMOTE in %% of the runs, and the upper end of its 95 %%"
            + " interval.%n| rewards | noise | tasks | PROMOTE | upper end | better mean wins |%n"
            + "|---|---|---|---|---|---|%n");
    double all = 0;
    int cells = 0;
    for (Rewards kind : Rewards.values()) {
      for (Noise noise : Noise.values()) {
        for (int tasks : EQUAL_TASKS) {
          Rates rates = rates(kind, noise, tasks, 0);
          print(kind.words(), noise, Integer.toString(tasks), rates.verdict(), runs, rates);
          all += rates.verdict();
          cells++;
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| all | | | %.1f | %.1f | |%n",
        100 * all / cells,
        100 * upperEnd(all / cells, (long) runs * cells));
  }

  private static void print(
      String kind, Noise noise, String tasks, double share, int runs, Rates rates) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %.1f | %.1f | %.1f |%n",
        kind,
        noise.name().toLowerCase(Locale.ROOT),
        tasks,
        100 * share,
        100 * upperEnd(share, runs),
        100 * rates.betterMean());
  }

  /** Wilson's. */
  public static double upperEnd(double share, long runs) {
    double z2 = 1.96 * 1.96;
    double spread = Math.sqrt(share * (1 - share) / runs + z2 / (4.0 * runs * runs));
    return (share + z2 / (2 * runs) + 1.96 * spread) / (1 + z2 / runs);
  }

  private void printPower() {
    System.out.printf(
        "%nPower: PROMOTE in %% of the runs, independent noise.%n| rewards | tasks |");
    for (double effect : EFFECTS) {
      System.out.printf(Locale.ROOT, " +%.2f |", effect);
    }
    System.out.printf("%n%s|%n", "|---".repeat(2 + EFFECTS.length));
    for (Rewards kind : Rewards.values()) {
      for (int tasks : POWER_TASKS) {
        System.out.printf("| %s | %d |", kind.words(), tasks);
        for (double effect : EFFECTS) {
          double share = rates(kind, Noise.INDEPENDENT, tasks, effect).verdict();
          System.out.printf(Locale.ROOT, " %.0f |", 100 * share);
        }
        System.out.println();
      }
    }
  }

  public static void main(String[] args) {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 2000;
    System.out.printf("%d simulated runs a cell%n", runs);
    VerdictBench bench = new VerdictBench(runs, 1);
    bench.printEqual();
    bench.printPower();
    new NightsBench(runs, 1).print();
    new LabelsBench(runs, 1).print();
  }
}
