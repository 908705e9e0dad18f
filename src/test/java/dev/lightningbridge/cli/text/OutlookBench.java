package dev.lightningbridge.cli.text;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.cli.terminal.Invocation;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.dataset.split.Inspection;
import dev.lightningbridge.dataset.split.SplitPlan;
import dev.lightningbridge.optimize.NewScores;
import dev.lightningbridge.optimize.verdict.Outlook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

/**
 * What each lineage of some databases lacks for a verdict, and how many reach one when people have
 * scored 30 more outputs of its session. Run by scripts/bench/outlook.
 */
final class OutlookBench {
  private static final int RUNS = 100;
  private static final int NEW_SCORES = 30;
  private static final double[] EFFECTS = {0, 0.15, 0.3};

  /** By the noise of their scores, in points. */
  private enum Judge {
    CAREFUL(0.6),
    NOISY(1.5),
    POOR(3),
    COIN(100);

    final double noise;

    Judge(double noise) {
      this.noise = noise;
    }
  }

  /**
   * One lineage.
   *
   * @param sealed tasks that its test will have, after the command
   */
  private record Way(Inspection.LineageView lineage, Outlook outlook, String command, int sealed) {
    boolean isOpen() {
      return lineage.optimisable() && outlook.isOpen();
    }

    boolean hasPrompt() {
      return !lineage.agentVersions().isEmpty();
    }
  }

  public static void main(String[] files) {
    List<Way> ways = new ArrayList<>();
    for (String file : files) {
      ways.addAll(of(Path.of(file)));
    }
    System.out.printf(
        "%n%d lineages: %d can be decided as they are, %d by the command (%d of them when people have"
            + " scored more, or compare), %d have no prompt yet%n",
        ways.size(),
        ways.stream().filter(Way::isOpen).count(),
        ways.stream().filter(way -> !way.isOpen() && way.hasPrompt()).count(),
        ways.stream().filter(way -> way.hasPrompt() && way.outlook().missingScores() > 0).count(),
        ways.stream().filter(way -> !way.hasPrompt()).count());
    System.out.printf(
        "%nWith %d scores more, in %% of %d simulated runs of each of all lineages%n"
            + "| judge (noise in points) | a test decides | promoted where equal | better by 0.15 |"
            + " better by 0.30 |%n|---|---|---|---|---|%n",
        NEW_SCORES, RUNS);
    for (Judge judge : Judge.values()) {
      print(judge, ways);
    }
  }

  private static List<Way> of(Path file) {
    List<Way> ways = new ArrayList<>();
    System.out.println("\n" + file.getFileName());
    try (CampDatabase camp = CampDatabase.open(file, new CampDatabase.Options(false))) {
      Invocation called = new Invocation("bridge", Path.of(".lightning-bridge"));
      for (Inspection.SessionView session :
          Inspection.of(camp.corpus(), SplitPlan.DEFAULT).sessions()) {
        Outlook outlook = Outlook.of(session);
        System.out.printf(
            "  %s: %d inputs, %d scores. %s%n",
            session.name(), session.tasks(), outlook.scores(), OutlookText.sentence(outlook));
        for (Inspection.LineageView lineage : session.lineages()) {
          String command = OutlookText.command(lineage, outlook, file, called, List.of());
          System.out.println("    " + lineage.label() + "  " + command);
          int sealed =
              outlook.missingInputs() == 0
                  ? outlook.sealed()
                  : (int) (Outlook.GOOD_INPUTS * SplitPlan.DEFAULT.testShare());
          ways.add(new Way(lineage, outlook, command, sealed));
        }
      }
    } catch (BridgeException e) {
      System.out.println("  " + e.getMessage());
    }
    return ways;
  }

  private static void print(Judge judge, List<Way> ways) {
    NewScores simulated = new NewScores(judge.noise, 1);
    Map<Integer, Long> testsByScores = new HashMap<>();
    long decided = 0;
    long[] promoted = new long[EFFECTS.length];
    for (Way way : ways) {
      if (!way.hasPrompt()) {
        continue;
      }
      int scores = (int) way.outlook().scores() + NEW_SCORES;
      long tests =
          way.outlook().byRule()
              ? RUNS
              : testsByScores.computeIfAbsent(
                  scores, n -> times(seed -> simulated.decides(n, seed)));
      decided += tests;
      for (int i = 0; i < EFFECTS.length; i++) {
        double effect = EFFECTS[i];
        promoted[i] += tests * times(seed -> simulated.promotes(way.sealed(), effect, seed)) / RUNS;
      }
    }
    double all = ways.size() * (double) RUNS / 100;
    System.out.printf(
        Locale.ROOT,
        "| %s (%.1f) | %.0f | %.1f | %.0f | %.0f |%n",
        judge.name().toLowerCase(Locale.ROOT),
        judge.noise,
        decided / all,
        promoted[0] / all,
        promoted[1] / all,
        promoted[2] / all);
  }

  private static long times(LongPredicate happens) {
    return LongStream.range(0, RUNS).filter(happens).count();
  }
}
