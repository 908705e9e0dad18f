package dev.lightningbridge.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was counted while runs were killed; all from {@link #lostRuns} on must be 0. */
final class KillTally {
  static final String HEADER =
      "| engine | kills | runs | lost runs | repeated finished calls | calls too many | broken databases |"
          + " double promotions | different verdicts | workers left behind |\n"
          + "|---|---|---|---|---|---|---|---|---|---|";

  int kills;
  int runs;

  /** Kills by where the run was, and those of them in which a promotion was broken off. */
  final Map<RunPart, Integer> parts = new EnumMap<>(RunPart.class);

  int brokenPromotions;
  int workerAlone;
  int parentAlone;

  int lostRuns;
  int repeatedCalls;
  int callsTooMany;
  int brokenDatabases;
  int doublePromotions;
  int differentVerdicts;
  int workersLeft;
  final List<String> remarks = new ArrayList<>();

  String row(String engine) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %d | %d | %d | %d | %d | %d | %d |",
        engine,
        kills,
        runs,
        lostRuns,
        repeatedCalls,
        callsTooMany,
        brokenDatabases,
        doublePromotions,
        differentVerdicts,
        workersLeft);
  }

  /** Where the kills hit. */
  String where() {
    return "killed in %s; %d with a promotion being written; %d the worker alone, %d the parent alone"
        .formatted(parts, brokenPromotions, workerAlone, parentAlone)
        .toLowerCase(Locale.ROOT);
  }
}
