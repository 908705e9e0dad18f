package dev.lightningbridge.cli.text;

import dev.lightningbridge.cli.terminal.Invocation;
import dev.lightningbridge.common.Figures;
import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.dataset.split.Inspection;
import dev.lightningbridge.optimize.verdict.LevelSpending;
import dev.lightningbridge.optimize.verdict.Outlook;
import dev.lightningbridge.optimize.verdict.Power;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An inspection in words. */
public final class InspectionText {
  private static final int SKIPPED_SHOWN = 20;

  private InspectionText() {}

  public static List<String> of(Inspection inspection, Path db, Invocation called) {
    List<String> lines = new ArrayList<>();
    lines.add("Training Camp database, version " + inspection.schemaVersion());
    if (inspection.sessions().isEmpty()) {
      lines.add("It has no sessions: make one in Training Camp and score some outputs.");
    }
    inspection.sessions().forEach(session -> session(session, db, called, lines));
    if (inspection.sessions().stream().anyMatch(session -> !session.lineages().isEmpty())) {
      lines.add("");
      lines.addAll(OutlookText.FOOTER);
    }
    skipped(inspection.skipped(), lines);
    return lines;
  }

  private static void session(
      Inspection.SessionView session, Path db, Invocation called, List<String> lines) {
    Outlook outlook = Outlook.of(session);
    lines.add("");
    lines.add("Session %s  %s".formatted(session.id(), session.name()));
    lines.add(
        "  %s; %s"
            .formatted(
                inputs(session),
                session.missingTasks() == 0
                    ? "enough to search and to prove"
                    : "%d more are needed (--tasks FILE, or --synthesize N)"
                        .formatted(session.missingTasks())));
    Power.detectableEffect(session.sealedTasks(), Power.TYPICAL_SD, LevelSpending.first())
        .ifPresent(
            effect ->
                lines.add(
                    ("  about %d are sealed; they show a difference of %s in mean"
                            + " reward or more (80 %% power, where differences spread by %s)")
                        .formatted(
                            session.sealedTasks(),
                            Figures.decimal(effect),
                            Figures.about(Power.TYPICAL_SD))));
    lines.add("  " + OutlookText.sentence(outlook));
    for (Inspection.LineageView lineage : session.lineages()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %s  lineage %s  %d version%s  %d scored%s%s  %s",
              lineage.label(),
              lineage.id(),
              lineage.agentVersions().size(),
              lineage.agentVersions().size() == 1 ? "" : "s",
              lineage.attempts().getOrDefault("scored", 0L),
              lineage.meanScore() == null ? "" : ", mean " + Figures.decimal(lineage.meanScore()),
              lineage.locked() ? "  locked" : "",
              lineage.optimisable()
                  ? "can be optimised"
                      + (lineage.id().equals(session.bestLineageId()) ? " (best)" : "")
                  : "cannot: " + String.join("; ", lineage.reasons())));
      lines.add("     " + OutlookText.command(lineage, outlook, db, called));
    }
  }

  private static String inputs(Inspection.SessionView session) {
    String inputs =
        session.tasks() == 1 ? "1 distinct input" : session.tasks() + " distinct inputs";
    return session.clusters() == session.tasks()
        ? inputs
        : "%s, %d where near duplicates count once".formatted(inputs, session.clusters());
  }

  private static void skipped(List<Skipped> skipped, List<String> lines) {
    if (skipped.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("Rows skipped or repaired: " + skipped.size());
    skipped.stream()
        .limit(SKIPPED_SHOWN)
        .forEach(row -> lines.add("  %s  %s  %s".formatted(row.code(), row.id(), row.why())));
    if (skipped.size() > SKIPPED_SHOWN) {
      lines.add("  … and %d more; --json lists them all".formatted(skipped.size() - SKIPPED_SHOWN));
    }
  }
}
