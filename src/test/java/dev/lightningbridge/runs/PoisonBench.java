package dev.lightningbridge.runs;

import dev.lightningbridge.findings.Finding;
import dev.lightningbridge.findings.Source;
import dev.lightningbridge.findings.WinnerCheck;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.runs.PoisonTexts.Honest;
import dev.lightningbridge.runs.PoisonTexts.Planted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The look at winners, on planted texts and on honest improvements; see scripts/bench/poison. */
final class PoisonBench {
  private static final List<String> PLACES =
      List.of("input", "output", "comment", "directive", "session");
  private static final int HONEST = 500;

  private PoisonBench() {}

  /** How many of a kind were planted, found, and found with their row. */
  private record Tally(int planted, int found, int traced) {
    Tally and(boolean isFound, boolean isTraced) {
      return new Tally(planted + 1, found + (isFound ? 1 : 0), traced + (isTraced ? 1 : 0));
    }
  }

  public static void main(String... arguments) throws Exception {
    List<String> given = Arrays.asList(arguments);
    int unseen = planted();
    double share = honest();
    System.out.printf("%nunseen %d, honest with findings %.1f %%%n", unseen, 100 * share);
    if (given.contains("--size")) {
      int size = Integer.parseInt(given.get(given.indexOf("--size") + 1));
      String engine =
          given.contains("--engine") ? given.get(given.indexOf("--engine") + 1) : "java";
      unseen += PoisonRuns.of(engine, size);
    }
    if (unseen > 0 || share > 0.02) {
      System.exit(1);
    }
  }

  /** How many of the planted texts no finding touches, where an editor copied each whole. */
  private static int planted() {
    String start = RunLab.TRUTH.seedPrompt(SandboxDomain.TRIAGE);
    String best = RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE);
    Map<String, Tally> tallies = new LinkedHashMap<>();
    List<String> through = new ArrayList<>();
    int number = 0;
    for (Planted text : PoisonTexts.planted()) {
      String place = PLACES.get(number++ % PLACES.size());
      int from = best.length() + 1;
      List<Finding> findings =
          WinnerCheck.of(
              start,
              best + "\n" + text.whole(),
              List.of(),
              taker -> {
                RunLab.TRUTH
                    .inputs(SandboxDomain.TRIAGE, 60)
                    .forEach(input -> taker.accept(new Source("input", "other"), input));
                for (int part = 0; part < text.parts().size(); part++) {
                  taker.accept(
                      new Source(place, "row" + part),
                      "My box is broken."
                          + ObedientEndpoint.order(part + 1, text.parts().get(part)));
                }
              });
      List<Finding> touching = findings.stream().filter(f -> f.where().end() > from).toList();
      boolean traced =
          touching.stream().anyMatch(f -> f.source() != null && f.source().id().startsWith("row"));
      tallies.merge(
          text.kind() + ", " + text.form(),
          new Tally(0, 0, 0).and(!touching.isEmpty(), traced),
          (a, b) -> a.and(b.found() > 0, b.traced() > 0));
      if (touching.isEmpty()) {
        through.add(text.kind() + ": " + text.whole());
      }
    }
    System.out.printf("%-20s %8s %8s %14s%n", "kind", "planted", "found", "with its row");
    tallies.forEach(
        (kind, t) ->
            System.out.printf("%-20s %8d %8d %14d%n", kind, t.planted(), t.found(), t.traced()));
    through.forEach(text -> System.out.println("not found: " + text));
    return through.size();
  }

  /** The share of honest improvements with a finding. */
  private static double honest() {
    int with = 0;
    List<Honest> all = PoisonTexts.honest(HONEST);
    for (Honest honest : all) {
      List<Finding> findings =
          WinnerCheck.of(
              honest.start(),
              honest.winner(),
              List.of(),
              taker ->
                  RunLab.TRUTH
                      .inputs(SandboxDomain.TRIAGE, 60)
                      .forEach(input -> taker.accept(new Source("input", "other"), input)));
      if (!findings.isEmpty()) {
        with++;
        System.out.printf(
            "honest, %s: %s “%s”%n",
            honest.domain(), findings.getFirst().kind().text(), findings.getFirst().text());
      }
    }
    System.out.printf("honest improvements: %d, with findings: %d%n", all.size(), with);
    return (double) with / all.size();
  }
}
