package dev.lightningbridge.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** {@code scripts/bench/kill [KILLS [ENGINE...]]}: see {@link KillTrial}. */
final class KillBench {
  private KillBench() {}

  public static void main(String[] arguments) throws Exception {
    int kills = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 500;
    String[] engines =
        arguments.length > 1
            ? Arrays.copyOfRange(arguments, 1, arguments.length)
            : new String[] {"java", "agentlightning"};
    System.out.println(
        "| engine | kills | runs | lost runs | repeated finished calls | broken databases | double promotions"
            + " | different verdicts |\n|---|---|---|---|---|---|---|---|");
    for (String engine : engines) {
      Path folder = Files.createTempDirectory("kill-" + engine);
      KillTrial.Tally t = new KillTrial(folder, engine, 12).kill(kills);
      System.out.printf(
          Locale.ROOT,
          "| %s | %d | %d | %d | %d | %d | %d | %d |%n",
          engine,
          t.kills,
          t.runs,
          t.lostRuns,
          t.repeatedCalls,
          t.brokenDatabases,
          t.doublePromotions,
          t.differentVerdicts);
      t.remarks.forEach(System.err::println);
    }
  }
}
