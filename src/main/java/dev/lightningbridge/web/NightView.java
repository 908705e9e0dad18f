package dev.lightningbridge.web;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.runs.nights.Night;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a night did, in words.
 *
 * @param summary one sentence
 */
record NightView(
    String id,
    String schedule,
    String database,
    String state,
    Moment due,
    boolean sandbox,
    String summary,
    String spent,
    String budget,
    @Nullable String remark,
    Lineages lineages,
    List<String> errors) {

  /** Those that it ran, and those that it left alone. */
  record Lineages(List<Picked> picked, List<Night.Left> left) {}

  /** A lineage that it ran. */
  record Picked(
      String title,
      @Nullable String runId,
      String state,
      @Nullable String reason,
      List<String> help,
      @Nullable String proposalId,
      int findings,
      String spent,
      @Nullable String error) {}

  static NightView of(Night night) {
    return new NightView(
        night.id(),
        night.schedule(),
        String.valueOf(night.camp().getFileName()),
        night.state().text(),
        Moment.of(night.dueAt()),
        night.sandbox(),
        "%d run%s, %d proposal%s, %d promoted; %d lineage%s left alone"
            .formatted(
                night.picked().size(),
                s(night.picked().size()),
                night.proposals(),
                s(night.proposals()),
                night.promotions(),
                night.left().size(),
                s(night.left().size())),
        words(night.spent()),
        words(night.budget()),
        night.remark(),
        new Lineages(night.picked().stream().map(NightView::picked).toList(), night.left()),
        night.errors());
  }

  private static Picked picked(Night.Picked p) {
    return new Picked(
        "%s, lineage %s".formatted(p.session(), p.label()),
        p.runId(),
        p.run() == null ? "not started" : p.run().text().replace('_', ' '),
        p.reason(),
        p.help(),
        p.proposalId(),
        p.findings(),
        words(p.spent()),
        p.error());
  }

  private static String s(int n) {
    return n == 1 ? "" : "s";
  }

  private static String words(Night.Spent spent) {
    return Figures.spent(spent.calls(), spent.tokens(), spent.usd());
  }

  static String words(Limits limits) {
    List<String> parts = new ArrayList<>();
    if (limits.calls() != null) {
      parts.add(Figures.counted(limits.calls(), "call"));
    }
    if (limits.tokens() != null) {
      parts.add(Figures.count(limits.tokens()) + " tokens");
    }
    if (limits.usd() != null) {
      parts.add(Figures.usd(limits.usd()) + " US dollars");
    }
    return parts.isEmpty() ? "no limit" : String.join(", ", parts);
  }
}
