package dev.lightningbridge.optimize.verdict;

import dev.lightningbridge.agent.AgentRunner;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.optimize.ByOutput;
import dev.lightningbridge.optimize.RolloutRunner;
import dev.lightningbridge.optimize.verdict.SealedComparison.Contestant;
import dev.lightningbridge.optimize.verdict.VerdictBench.Noise;
import dev.lightningbridge.optimize.verdict.VerdictBench.Rewards;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A sealed test that is looked at after each task beside one that is looked at once, on the same
 * simulated rewards: how often equal prompts pass it, how often better ones do, and which share of
 * the calls it saves. Run by scripts/bench/early.
 */
public final class EarlyEndBench {
  private static final int[] TASKS = {8, 16, 24, 40, 100};

  /** All simulated rewards are ninths, so that no grid need be finer. */
  private static final int NINTHS = 9;

  private static final int[] LARGE_TASKS = {24, 48, 96};
  private static final double[] LARGE = {0.3, 0.5, 0.7};

  private static final double[][] SPENDING = {
    {0.6, 1.5}, {0.5, 1}, {0.6, 1}, {0.7, 1}, {0.8, 1}, {1, 1}, {0.8, 0.5}, {1, 0.5}
  };

  private final int runs;
  private final double level;
  private final Random random;

  public EarlyEndBench(int runs, double level, long seed) {
    this.runs = runs;
    this.level = level;
    this.random = new Random(seed);
  }

  /**
   * Shares of the runs, 0 to 1.
   *
   * @param once passed at one look; {@code often} at any of the looks
   * @param saved mean share of the tasks that were not needed, one task at a time
   */
  public record Rates(double once, double often, double saved) {}

  public Rates rates(Rewards kind, Noise noise, int tasks, double effect) {
    return rates(kind, noise, tasks, effect, SequentialBounds.SPENDING);
  }

  /** By other bounds than those that are used. */
  private Rates rates(
      Rewards kind, Noise noise, int tasks, double effect, DoubleUnaryOperator spending) {
    int once = 0;
    int often = 0;
    long needed = 0;
    for (int run = 0; run < runs; run++) {
      double[][] rewards = rewards(kind, noise, tasks, effect);
      SequentialBounds looks =
          new SequentialBounds(tasks, level, new SignFlipWalk(tasks, NINTHS), spending);
      SignFlipWalk one = new SignFlipWalk(tasks, NINTHS);
      for (int i = 0; i < tasks; i++) {
        needed += looks.passed() ? 0 : 1;
        looks.add(rewards[1][i] - rewards[0][i]);
        one.step(rewards[1][i] - rewards[0][i]);
      }
      once += one.atLeastObserved() <= level ? 1 : 0;
      often += looks.passed() ? 1 : 0;
    }
    double all = runs;
    return new Rates(once / all, often / all, 1 - needed / (all * tasks));
  }

  /** Of baseline and winner. */
  private double[][] rewards(Rewards kind, Noise noise, int tasks, double effect) {
    double[][] rewards = new double[2][tasks];
    for (int i = 0; i < tasks; i++) {
      double easiness = 0.25 + 0.5 * random.nextDouble();
      long luck = random.nextLong();
      boolean same = noise == Noise.SHARED && random.nextBoolean();
      rewards[0][i] = kind.reward(easiness, new Random(luck));
      rewards[1][i] = kind.reward(easiness + effect, same ? new Random(luck) : random);
    }
    return rewards;
  }

  /**
   * The share of the calls that the sealed test itself does not make, with tasks side by side whose
   * answers take 1 to 5 ms.
   */
  double callsSaved(Rewards kind, int tasks, double effect, int concurrency) {
    AtomicInteger calls = new AtomicInteger();
    List<Task> sealed =
        IntStream.range(0, tasks)
            .mapToObj(i -> new Task("" + i, "" + i, null, List.of(), null, TaskSource.CAPTURED))
            .toList();
    int tests = Math.min(runs, 4000 / tasks);
    for (int run = 0; run < tests; run++) {
      double[][] rewards = rewards(kind, Noise.INDEPENDENT, tasks, effect);
      long seed = random.nextLong();
      AgentRunner agent =
          (prompt, task) -> {
            calls.incrementAndGet();
            int i = Integer.parseInt(task.input());
            int of = prompt.equals("new") ? 1 : 0;
            pause(1 + new Random(seed + 2L * i + of).nextInt(5));
            return new AgentRunner.Output(List.of(), "" + rewards[of][i]);
          };
      RolloutRunner rollouts = new RolloutRunner(agent, new ByOutput());
      new SealedComparison(concurrency, event -> {}, new Cancellation(), run)
          .by(() -> new TestCriterion(level, 0.02))
          .endingEarly(true)
          .run(
              new Contestant("v0", "old", rollouts), new Contestant("v1", "new", rollouts), sealed);
    }
    return 1 - calls.get() / (2.0 * tests * tasks);
  }

  private static void pause(int milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Small, medium and large. */
  private static double[] effects(Rewards kind) {
    return kind == Rewards.SCORES ? new double[] {0.05, 0.1, 0.2} : new double[] {0.1, 0.25, 0.5};
  }

  private void printEqual() {
    System.out.printf(
        "%nEqual prompts: passed in %% of the runs at one look, and at any look after each task.%n"
            + "| rewards | noise | tasks | one look | any look |%n|---|---|---|---|---|%n");
    for (Rewards kind : Rewards.values()) {
      for (Noise noise : Noise.values()) {
        for (int tasks : TASKS) {
          Rates rates = rates(kind, noise, tasks, 0);
          System.out.printf(
              Locale.ROOT,
              "| %s | %s | %d | %.1f | %.1f |%n",
              kind.words(),
              noise.name().toLowerCase(Locale.ROOT),
              tasks,
              100 * rates.once(),
              100 * rates.often());
        }
      }
    }
  }

  private void printPower(int[] sizes, Function<Rewards, double[]> effects) {
    System.out.printf(
        "%nBetter prompts, independent noise: passed in %% of the runs, and tasks saved in %%.%n"
            + "| rewards | tasks | effect | one look | any look | points more | tasks saved |%n"
            + "|---|---|---|---|---|---|---|%n");
    for (Rewards kind : Rewards.values()) {
      for (int tasks : sizes) {
        for (double effect : effects.apply(kind)) {
          Rates rates = rates(kind, Noise.INDEPENDENT, tasks, effect);
          System.out.printf(
              Locale.ROOT,
              "| %s | %d | +%.2f | %.1f | %.1f | %+.1f | %.0f |%n",
              kind.words(),
              tasks,
              effect,
              100 * rates.once(),
              100 * rates.often(),
              100 * (rates.often() - rates.once()),
              100 * rates.saved());
        }
      }
    }
  }

  /** What more would be saved by spending more before the end, and what that costs. */
  private void printSpending() {
    System.out.printf(
        "%n24 tasks, bounds that spend a · (k/n)^b: tasks saved in %% (points of power more).%n"
            + "| a | b | scores +0.15 | +0.20 | +0.25 | right or wrong +0.40 | +0.50 | +0.60 |%n"
            + "|---|---|---|---|---|---|---|---|%n");
    for (double[] by : SPENDING) {
      System.out.printf(Locale.ROOT, "| %.1f | %.1f |", by[0], by[1]);
      for (Rewards kind : Rewards.values()) {
        double[] large =
            kind == Rewards.SCORES ? new double[] {0.15, 0.2, 0.25} : new double[] {0.4, 0.5, 0.6};
        for (double effect : large) {
          EarlyEndBench same = new EarlyEndBench(runs, level, 7);
          Rates rates =
              same.rates(
                  kind, Noise.INDEPENDENT, 24, effect, part -> by[0] * Math.pow(part, by[1]));
          System.out.printf(
              Locale.ROOT,
              " %.0f (%+.1f) |",
              100 * rates.saved(),
              100 * (rates.often() - rates.once()));
        }
      }
      System.out.println();
    }
  }

  private void printCalls() {
    System.out.printf(
        "%nCalls that the sealed test saves in %%, by how many tasks run at a time; large effects.%n"
            + "| rewards | tasks | 1 | 4 | 8 |%n|---|---|---|---|---|%n");
    for (Rewards kind : Rewards.values()) {
      for (int tasks : new int[] {24, 40, 100}) {
        System.out.printf("| %s | %d |", kind.words(), tasks);
        for (int concurrency : new int[] {1, 4, 8}) {
          double effect = effects(kind)[2];
          System.out.printf(
              Locale.ROOT, " %.0f |", 100 * callsSaved(kind, tasks, effect, concurrency));
        }
        System.out.println();
      }
    }
  }

  public static void main(String[] args) {
    int runs = args.length > 0 ? Integer.parseInt(args[0]) : 2000;
    double level = args.length > 1 ? Double.parseDouble(args[1]) : LevelSpending.first();
    System.out.printf(Locale.ROOT, "%d simulated runs a cell at the level %s%n", runs, level);
    EarlyEndBench bench = new EarlyEndBench(runs, level, 1);
    bench.printEqual();
    bench.printPower(TASKS, EarlyEndBench::effects);
    bench.printPower(LARGE_TASKS, kind -> LARGE);
    bench.printSpending();
    bench.printCalls();
  }
}
