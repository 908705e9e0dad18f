package dev.lightningbridge.cli.text;

import dev.lightningbridge.cli.terminal.Invocation;
import dev.lightningbridge.common.Figures;
import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.dataset.Pool;
import dev.lightningbridge.dataset.PooledSession;
import dev.lightningbridge.dataset.split.ChoiceCounts;
import dev.lightningbridge.dataset.split.Inspection;
import dev.lightningbridge.optimize.verdict.LevelSpending;
import dev.lightningbridge.optimize.verdict.Outlook;
import dev.lightningbridge.optimize.verdict.Power;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An inspection in words.
 *
 * @param db the database's file, as the user called it
 * @param called how the user called this program
 * @param pool as it was asked for, sessions by their ids
 */
public record InspectionText(Inspection inspection, Path db, Invocation called, List<String> pool) {
  private static final int SKIPPED_SHOWN = 20;

  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("Training Camp database, version " + inspection.schemaVersion());
    if (inspection.sessions().isEmpty()) {
      lines.add("It has no sessions: make one in Training Camp and score some outputs.");
    }
    inspection.sessions().forEach(session -> session(session, lines));
    if (inspection.sessions().stream().anyMatch(session -> !session.lineages().isEmpty())) {
      lines.add("");
      lines.addAll(OutlookText.FOOTER);
      if (inspection.sessions().stream()
          .flatMap(session -> session.lineages().stream())
          .anyMatch(lineage -> lineage.choices().inputs() > 0)) {
        lines.add(OutlookText.CHOICES);
      }
      if (inspection.sessions().size() > 1) {
        lines.add(OutlookText.POOLING);
      }
    }
    skipped(inspection.skipped(), lines);
    return lines;
  }

  private void session(Inspection.SessionView session, List<String> lines) {
    Outlook outlook = Outlook.of(session);
    lines.add("");
    lines.add("Session %s  %s".formatted(session.id(), session.name()));
    if (!session.pooled().isEmpty()) {
      lines.add("  " + PooledSession.inWords(session.pooled()));
    }
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
    if (!outlook.isOpen() && pool.isEmpty()) {
      alike(session).ifPresent(lines::add);
    }
    for (Inspection.LineageView lineage : session.lineages()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %s  lineage %s  %d version%s  %d scored%s%s%s  %s",
              lineage.label(),
              lineage.id(),
              lineage.agentVersions().size(),
              lineage.agentVersions().size() == 1 ? "" : "s",
              lineage.attempts().getOrDefault("scored", 0L),
              lineage.meanScore() == null ? "" : ", mean " + Figures.decimal(lineage.meanScore()),
              choices(lineage.choices()),
              lineage.locked() ? "  locked" : "",
              lineage.optimisable()
                  ? "can be optimised"
                      + (lineage.id().equals(session.bestLineageId()) ? " (best)" : "")
                  : "cannot: " + String.join("; ", lineage.reasons())));
      lines.add("     " + OutlookText.command(lineage, outlook, db, called, pool(session)));
    }
  }

  private static String choices(ChoiceCounts choices) {
    return choices.comparisons() + choices.locks() == 0
        ? ""
        : ", preferred by %s and %s"
            .formatted(
                Figures.counted(choices.comparisons(), "comparison"),
                Figures.counted(choices.locks(), "lock"));
  }

  /** Of the sessions with the same need, and the command that says what they would bring. */
  private Optional<String> alike(Inspection.SessionView session) {
    List<Inspection.SessionView> others =
        inspection.sessions().stream()
            .filter(other -> !other.id().equals(session.id()))
            .filter(other -> Pool.isSameNeed(session.need(), other.need()))
            .toList();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "  %s; what they bring: %s"
                .formatted(
                    OutlookText.alike(others.size()),
                    called.line("inspect", "--db", db.toString(), "--pool", Pool.SAME_NEED)));
  }

  /** What of the pool is one for this session. */
  private List<String> pool(Inspection.SessionView session) {
    return session.pooled().isEmpty()
        ? List.of()
        : pool.stream().filter(asked -> !asked.equals(session.id())).toList();
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
