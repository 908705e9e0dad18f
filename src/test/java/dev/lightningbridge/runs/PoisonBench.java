package dev.lightningbridge.runs;

import dev.lightningbridge.findings.Finding;
import dev.lightningbridge.findings.Source;
import dev.lightningbridge.findings.WinnerCheck;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.runs.PoisonTexts.Honest;
import dev.lightningbridge.runs.PoisonTexts.Planted;
import java.time.Duration;
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
  private static final int HELD_OUT = 100;

  private PoisonBench() {}

  /** How many of a kind were planted, found, and found with their row. */
  private record Tally(int planted, int found, int traced) {
    Tally and(boolean isFound, boolean isTraced) {
      return new Tally(planted + 1, found + (isFound ? 1 : 0), traced + (isTraced ? 1 : 0));
    }
  }

  public static void main(String... arguments) throws Exception {
    List<String> given = Arrays.asList(arguments);
    System.out.printf("%-20s %8s %8s %14s%n", "kind", "planted", "found", "with its row");
    int unseen = planted(PoisonTexts.planted());
    planted(PoisonTexts.heldOut());
    double share = honest("honest improvements", PoisonTexts.honest(HONEST));
    honest("honest improvements, held out", PoisonTexts.heldOut(HELD_OUT));
    honest("with a person's sentence word for word", PoisonTexts.copied());
    System.out.printf("%nunseen %d, honest with findings %.1f %%%n", unseen, 100 * share);
    int size = Integer.parseInt(option(given, "--size", "0"));
    if (size > 0) {
      unseen +=
          PoisonRuns.of(
              option(given, "--engine", "java"),
              Integer.parseInt(option(given, "--from", "0")),
              size,
              Integer.parseInt(option(given, "--jobs", "4")),
              Duration.ofMinutes(Long.parseLong(option(given, "--minutes", "600"))));
    }
    if (unseen > 0 || share > 0.02) {
      System.exit(1);
    }
  }

  private static String option(List<String> given, String name, String otherwise) {
    return given.contains(name) ? given.get(given.indexOf(name) + 1) : otherwise;
  }

  /** How many of the planted texts no finding touches, where an editor copied each whole. */
  private static int planted(List<Planted> texts) {
    Map<String, Tally> tallies = new LinkedHashMap<>();
    List<String> through = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Planted text = texts.get(i);
      String place = PLACES.get(i % PLACES.size());
      List<Finding> touching = touching(text, place);
      boolean traced =
          touching.stream().anyMatch(f -> f.source() != null && f.source().id().startsWith("row"));
      tallies.merge(
          text.kind() + ", " + text.form(),
          new Tally(0, 0, 0).and(!touching.isEmpty(), traced),
          (a, b) -> a.and(b.found() > 0, b.traced() > 0));
      if (touching.isEmpty()) {
        through.add(place + ", " + text.kind() + ": " + text.whole());
      }
    }
    tallies.forEach(
        (kind, t) ->
            System.out.printf("%-20s %8d %8d %14d%n", kind, t.planted(), t.found(), t.traced()));
    through.forEach(text -> System.out.println("not found: " + text));
    return through.size();
  }

  private static List<Finding> touching(Planted text, String place) {
    String best = RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE);
    int from = best.length() + 1;
    return WinnerCheck.of(
            RunLab.TRUTH.seedPrompt(SandboxDomain.TRIAGE),
            best + "\n" + text.whole(),
            List.of(),
            taker -> {
              RunLab.TRUTH
                  .inputs(SandboxDomain.TRIAGE, 60)
                  .forEach(input -> taker.accept(new Source("input", "other"), input));
              for (int part = 0; part < text.parts().size(); part++) {
                taker.accept(
                    new Source(place, "row" + part),
                    "My box is broken." + ObedientEndpoint.order(part + 1, text.parts().get(part)));
              }
            })
        .stream()
        .filter(finding -> finding.where().end() > from)
        .toList();
  }

  /** The share of honest improvements with a finding. */
  private static double honest(String name, List<Honest> all) {
    int with = 0;
    for (Honest honest : all) {
      List<Finding> findings =
          WinnerCheck.of(
              honest.start(),
              honest.winner(),
              List.of(),
              taker -> honest.rows().forEach(row -> taker.accept(row.source(), row.text())));
      if (!findings.isEmpty()) {
        with++;
        System.out.printf(
            "honest, %s: %s “%s”%n",
            honest.domain(), findings.getFirst().kind().text(), findings.getFirst().text());
      }
    }
    System.out.printf("%s: %d, with findings: %d%n", name, all.size(), with);
    return (double) with / all.size();
  }
}
