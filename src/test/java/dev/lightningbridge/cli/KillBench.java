package dev.lightningbridge.cli;

import java.nio.file.Files;
import java.util.Arrays;

/** {@code scripts/bench/kill [KILLS [ENGINE...]]}: see {@link KillTrial}. */
final class KillBench {
  private static final int STEP = 20;

  private KillBench() {}

  public static void main(String[] arguments) throws Exception {
    int kills = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500;
    String[] engines =
        arguments.length > 1
            ? Arrays.copyOfRange(arguments, 1, arguments.length)
            : new String[] {"java", "agentlightning"};
    System.out.println(KillTally.HEADER);
    for (String engine : engines) {
      KillTrial trial = new KillTrial(Files.createTempDirectory("kill-" + engine), engine, 12);
      KillTally tally = trial.kill(Math.min(STEP, kills));
      while (tally.kills < kills) {
        System.err.println(tally.row(engine) + " " + tally.where());
        trial.kill(Math.min(tally.kills + STEP, kills));
      }
      System.out.println(tally.row(engine));
      System.err.println(tally.where());
      tally.remarks.forEach(System.err::println);
    }
  }
}
