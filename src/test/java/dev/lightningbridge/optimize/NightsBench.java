package dev.lightningbridge.optimize;

import dev.lightningbridge.optimize.verdict.LevelSpending;
import dev.lightningbridge.optimize.verdict.SignFlips;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.optimize.verdict.VerdictBench;
import dev.lightningbridge.optimize.verdict.VerdictBench.Rewards;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * How many lineages promote a prompt that is not better, over months of nights, and what the
 * spending of the level costs a prompt that is. Run by scripts/bench/verdict, with the real level,
 * test and verdict.
 */
public final class NightsBench {
  private static final int NIGHTS = 90;
  private static final int TASKS = 24;
  private static final double[] EFFECTS = {0.1, 0.2, 0.3};

  private final int lineages;
  private final Random random;

  public NightsBench(int lineages, long seed) {
    this.lineages = lineages;
    this.random = new Random(seed);
  }

  /** Which tasks are sealed in a night, from 0, by the names that the ledger has for them. */
  enum Sealed {
    SAME("the same 24 tasks"),
    GROWING("12 tasks, one more every 5 nights") {
      @Override
      Set<String> tasks(int night, Random random) {
        return named(12 + night / 5);
      }
    },
    DRAWN("another 24 of 60 tasks each time") {
      @Override
      Set<String> tasks(int night, Random random) {
        Set<String> drawn = new HashSet<>();
        while (drawn.size() < TASKS) {
          drawn.add("task " + random.nextInt(60));
        }
        return drawn;
      }
    },
    WORDED_ANEW("the same 24 tasks, worded anew each night") {
      @Override
      Set<String> tasks(int night, Random random) {
        return RewordedNights.ANEW.names(night);
      }
    },
    CREEPING("the same 24 tasks, one word longer each night") {
      @Override
      Set<String> tasks(int night, Random random) {
        return RewordedNights.CREEPING.names(night);
      }
    },
    FRESH("24 fresh tasks each night") {
      @Override
      Set<String> tasks(int night, Random random) {
        return named(night * TASKS, (night + 1) * TASKS);
      }
    };

    private final String words;

    Sealed(String words) {
      this.words = words;
    }

    Set<String> tasks(int night, Random random) {
      return named(TASKS);
    }

    private static Set<String> named(int count) {
      return named(0, count);
    }

    private static Set<String> named(int from, int to) {
      Set<String> tasks = new HashSet<>();
      for (int i = from; i < to; i++) {
        tasks.add("task " + i);
      }
      return tasks;
    }
  }

  /** How the level of a night is found, from its tasks and those of the nights before. */
  interface Levels extends BiFunction<Set<String>, List<Set<String>>, Double> {
    Levels EACH_NIGHT = (today, earlier) -> Verdict.LEVEL;
    Levels SPENT =
        (today, earlier) ->
            LevelSpending.level(
                LevelSpending.counted(
                    today.size(),
                    earlier.stream()
                        .map(test -> (int) today.stream().filter(test::contains).count())
                        .toList()));
  }

  /** The share of lineages that promoted something by the night's end, for each night. */
  double[] promotedBy(Rewards kind, Sealed sealed, double effect, Levels levels) {
    int[] first = new int[NIGHTS];
    for (int lineage = 0; lineage < lineages; lineage++) {
      int night = firstPromotion(kind, sealed, effect, levels);
      if (night < NIGHTS) {
        first[night]++;
      }
    }
    double[] shares = new double[NIGHTS];
    int sum = 0;
    for (int night = 0; night < NIGHTS; night++) {
      sum += first[night];
      shares[night] = sum / (double) lineages;
    }
    return shares;
  }

  private int firstPromotion(Rewards kind, Sealed sealed, double effect, Levels levels) {
    List<Set<String>> earlier = new ArrayList<>();
    for (int night = 0; night < NIGHTS; night++) {
      Set<String> today = sealed.tasks(night, random);
      double level = levels.apply(today, earlier);
      if (today.size() >= SignFlips.fewestTasks(level)) {
        earlier.add(today);
        if (isPromoted(kind, today.size(), effect, level)) {
          return night;
        }
      }
    }
    return NIGHTS;
  }

  private boolean isPromoted(Rewards kind, int tasks, double effect, double level) {
    double[] baseline = new double[tasks];
    double[] winner = new double[tasks];
    for (int i = 0; i < tasks; i++) {
      double easiness = 0.25 + 0.5 * random.nextDouble();
      baseline[i] = kind.reward(easiness, random);
      winner[i] = kind.reward(easiness + effect, random);
    }
    return VerdictBench.isPromoted(baseline, winner, level, random.nextLong());
  }

  public void print() {
    System.out.printf(
        "%n%d lineages, tested every night until one is promoted: promotions of a prompt that is not"
            + " better, in %% of the lineages.%n"
            + "| rewards | sealed tasks | prompt | at 5 %% each night, 30 nights | 90 nights | level"
            + " spent, 30 nights | 90 nights | upper end |%n|---|---|---|---|---|---|---|---|%n",
        lineages);
    for (Rewards kind : Rewards.values()) {
      for (Sealed sealed : Sealed.values()) {
        printNights(kind, sealed, 0, "equal");
      }
      printNights(kind, Sealed.SAME, -0.05, "worse by 0.05");
    }
    System.out.printf(
        "%nWhat it costs: PROMOTE of a better prompt in %% of the tests, by which test it is on the"
            + " same %d tasks.%n| rewards | gain | at 5 %% | 1st | 2nd | 3rd | 5th | 10th |%n"
            + "|---|---|---|---|---|---|---|---|%n",
        TASKS);
    for (Rewards kind : Rewards.values()) {
      for (double effect : EFFECTS) {
        System.out.printf(
            Locale.ROOT,
            "| %s | +%.2f | %.0f |%s%n",
            kind.words(),
            effect,
            100 * power(kind, effect, Verdict.LEVEL),
            powers(kind, effect));
      }
    }
  }

  private void printNights(Rewards kind, Sealed sealed, double effect, String prompt) {
    double[] each = promotedBy(kind, sealed, effect, Levels.EACH_NIGHT);
    double[] spent = promotedBy(kind, sealed, effect, Levels.SPENT);
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %.1f | %.1f | %.1f | %.1f | %.1f |%n",
        kind.words(),
        sealed.words,
        prompt,
        100 * each[29],
        100 * each[NIGHTS - 1],
        100 * spent[29],
        100 * spent[NIGHTS - 1],
        100 * VerdictBench.upperEnd(spent[NIGHTS - 1], lineages));
  }

  private String powers(Rewards kind, double effect) {
    StringBuilder cells = new StringBuilder();
    for (int test : new int[] {1, 2, 3, 5, 10}) {
      cells.append(
          String.format(
              Locale.ROOT, " %.0f |", 100 * power(kind, effect, LevelSpending.level(test - 1))));
    }
    return cells.toString();
  }

  double power(Rewards kind, double effect, double level) {
    int promoted = 0;
    for (int run = 0; run < lineages; run++) {
      promoted += isPromoted(kind, TASKS, effect, level) ? 1 : 0;
    }
    return promoted / (double) lineages;
  }
}
