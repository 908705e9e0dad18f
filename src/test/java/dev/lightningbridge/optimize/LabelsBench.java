package dev.lightningbridge.optimize;

import dev.lightningbridge.optimize.verdict.LevelSpending;
import dev.lightningbridge.optimize.verdict.PeopleWithJudge;
import dev.lightningbridge.optimize.verdict.SignFlips;
import dev.lightningbridge.optimize.verdict.VerdictBench;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * How many tasks people must compare for a verdict, alone and together with a judge that has
 * compared all sealed tasks: how often equal prompts pass although the judge is biased, and how
 * often better ones do. Run by scripts/bench/verdict.
 */
public final class LabelsBench {
  private static final int TASKS = 120;
  private static final double LEVEL = LevelSpending.first();
  private static final double EFFECT = 0.15;
  private static final int FEW_RUNS = 500;

  /** People alone, and two thirds of that. */
  private static final int[][] LABELS = {{30, 20}, {45, 30}, {60, 40}};

  private final int runs;
  private final Opinions opinions;

  public LabelsBench(int runs, long seed) {
    this.runs = runs;
    this.opinions = new Opinions(new Random(seed));
  }

  /** What people say of two outputs. */
  public enum Said {
    SCORES,
    CHOICES;

    String words() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A judge.
   *
   * @param noise of its scores, in points; people's is {@value Opinions#PEOPLE}
   * @param bias how many points more it gives to the new prompt's outputs, for nothing
   */
  public record Judge(String name, double noise, double bias) {}

  public static final Judge[] JUDGES = {
    new Judge("careful", 0.6, 0),
    new Judge("careful, biased by 2 points", 0.6, 2),
    new Judge("noisy, biased by 2 points", 1.5, 2),
    new Judge("biased against by 2 points", 0.6, -2),
    new Judge("a coin", 100, 1),
  };

  /** Whose word decides. */
  public enum Way {
    PEOPLE,
    JUDGE,
    BOTH
  }

  /** One sealed test: people's differences on the first tasks, the judge's on all. */
  private record Drawn(double[] people, double[] judge) {}

  /** The share of the runs that pass, where people compare so many of {@value TASKS} tasks. */
  public double passed(Way way, Said said, Judge judge, int labels, double effect) {
    int passed = 0;
    for (int run = 0; run < runs; run++) {
      Drawn drawn = draw(said, judge, labels, effect);
      double p =
          switch (way) {
            case PEOPLE -> SignFlips.pValue(drawn.people(), LEVEL, run);
            case JUDGE -> SignFlips.pValue(drawn.judge(), LEVEL, run);
            case BOTH -> PeopleWithJudge.pValue(drawn.people(), drawn.judge(), LEVEL, run);
          };
      passed += p <= LEVEL ? 1 : 0;
    }
    return passed / (double) runs;
  }

  /** How people's and the judge's differences go together. */
  double correlation(Said said, Judge judge) {
    double[] people = new double[runs];
    double[] judged = new double[runs];
    for (int run = 0; run < runs; run++) {
      Drawn drawn = draw(said, judge, 1, 0);
      people[run] = drawn.people()[0];
      judged[run] = drawn.judge()[0];
    }
    double y = Arrays.stream(people).average().orElseThrow();
    double j = Arrays.stream(judged).average().orElseThrow();
    double together = 0;
    double ofPeople = 0;
    double ofJudge = 0;
    for (int run = 0; run < runs; run++) {
      together += (people[run] - y) * (judged[run] - j);
      ofPeople += (people[run] - y) * (people[run] - y);
      ofJudge += (judged[run] - j) * (judged[run] - j);
    }
    return together / Math.sqrt(ofPeople * ofJudge);
  }

  private Drawn draw(Said said, Judge judge, int labels, double effect) {
    double[] people = new double[labels];
    double[] judged = new double[TASKS];
    for (int i = 0; i < TASKS; i++) {
      double easiness = opinions.skill();
      double before = opinions.quality(easiness);
      double after = opinions.quality(easiness + effect);
      judged[i] =
          (opinions.score(after + judge.bias(), judge.noise())
                  - opinions.score(before, judge.noise()))
              / 9.0;
      if (i < labels) {
        int difference =
            opinions.score(after, Opinions.PEOPLE) - opinions.score(before, Opinions.PEOPLE);
        people[i] = said == Said.SCORES ? difference / 9.0 : Integer.signum(difference);
      }
    }
    return new Drawn(people, judged);
  }

  public void print() {
    System.out.printf(
        Locale.ROOT,
        "%nPeople with a judge: %d sealed tasks, level %.3f; passed in %% of the runs.%n"
            + "Equal prompts:%n"
            + "| people give | judge | correlation | judge alone | both, 20 tasks compared |"
            + " upper end | both, 60 | upper end |%n"
            + "|---|---|---|---|---|---|---|---|%n",
        TASKS,
        LEVEL);
    for (Said said : Said.values()) {
      for (Judge judge : JUDGES) {
        double few = passed(Way.BOTH, said, judge, 20, 0);
        double many = passed(Way.BOTH, said, judge, 60, 0);
        System.out.printf(
            Locale.ROOT,
            "| %s | %s | %.2f | %.0f | %.1f | %.1f | %.1f | %.1f |%n",
            said.words(),
            judge.name(),
            correlation(said, judge),
            100 * new LabelsBench(FEW_RUNS, 2).passed(Way.JUDGE, said, judge, 1, 0),
            100 * few,
            100 * VerdictBench.upperEnd(few, runs),
            100 * many,
            100 * VerdictBench.upperEnd(many, runs));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%nBetter by %.2f, %d runs a cell: people alone, and both with two thirds of the tasks:%n"
            + "| people give | judge | 30 alone | 20 both | 45 alone | 30 both | 60 alone | 40 both |%n"
            + "|---|---|---|---|---|---|---|---|%n",
        EFFECT,
        FEW_RUNS);
    for (Said said : Said.values()) {
      for (Judge judge : JUDGES) {
        System.out.printf("| %s | %s |", said.words(), judge.name());
        for (int[] labels : LABELS) {
          LabelsBench bench = new LabelsBench(FEW_RUNS, labels[0]);
          System.out.printf(
              Locale.ROOT,
              " %.0f | %.0f |",
              100 * bench.passed(Way.PEOPLE, said, judge, labels[0], EFFECT),
              100 * bench.passed(Way.BOTH, said, judge, labels[1], EFFECT));
        }
        System.out.println();
      }
    }
  }

  public static void main(String[] args) {
    new LabelsBench(args.length > 0 ? Integer.parseInt(args[0]) : 2000, 1).print();
  }
}
