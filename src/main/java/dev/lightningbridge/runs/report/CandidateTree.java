package dev.lightningbridge.runs.report;

import dev.lightningbridge.common.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The candidates as the search made them, each below the one that it was made from. */
final class CandidateTree {
  private static final int DEEPEST = 8;

  private CandidateTree() {}

  /**
   * A candidate in the tree.
   *
   * @param depth indentation, 0 for the seed prompt, at most 8
   * @param score validation mean with its number of tasks; empty where it was not measured
   * @param share the score in percent, for the bar
   * @param critique what was found wrong with its parent
   * @param diff against its parent; null for the seed prompt
   */
  record Row(
      String name,
      int depth,
      int round,
      boolean winner,
      String score,
      String tasks,
      String share,
      @Nullable String critique,
      @Nullable PromptDiff diff) {}

  static List<Row> rows(
      List<ReportData.Candidate> candidates,
      List<ReportData.Evaluation> evaluations,
      String winner) {
    Map<String, ReportData.Candidate> byName =
        candidates.stream()
            .collect(
                Collectors.toMap(ReportData.Candidate::name, Function.identity(), (a, b) -> a));
    List<Row> rows = new ArrayList<>();
    Set<String> shown = new HashSet<>();
    for (ReportData.Candidate candidate : candidates) {
      if (candidate.parent() == null || !byName.containsKey(candidate.parent())) {
        add(candidate, 0, byName, evaluations, winner, rows, shown);
      }
    }
    return rows;
  }

  private static void add(
      ReportData.Candidate candidate,
      int depth,
      Map<String, ReportData.Candidate> byName,
      List<ReportData.Evaluation> evaluations,
      String winner,
      List<Row> rows,
      Set<String> shown) {
    if (!shown.add(candidate.name())) {
      return;
    }
    ReportData.Candidate parent =
        candidate.parent() == null ? null : byName.get(candidate.parent());
    Optional<ReportData.Evaluation> measured = measured(candidate.name(), evaluations);
    double mean = measured.map(CandidateTree::meanOf).orElse(0.0);
    rows.add(
        new Row(
            candidate.name(),
            Math.min(depth, DEEPEST),
            candidate.round(),
            candidate.name().equals(winner),
            measured.isPresent() ? Figures.decimal(mean) : "",
            measured.map(e -> "on " + e.tasks()).orElse("not measured"),
            String.format(Locale.ROOT, "%.1f", 100 * mean),
            Text.whole(candidate.critique()),
            parent == null ? null : PromptDiff.of(parent.prompt(), candidate.prompt())));
    byName.values().stream()
        .filter(child -> candidate.name().equals(child.parent()))
        .sorted(
            Comparator.comparingInt(ReportData.Candidate::round)
                .thenComparingInt(child -> child.name().length())
                .thenComparing(ReportData.Candidate::name))
        .forEach(child -> add(child, depth + 1, byName, evaluations, winner, rows, shown));
  }

  /** The measurement on most validation tasks, the latest of them. */
  private static Optional<ReportData.Evaluation> measured(
      String name, List<ReportData.Evaluation> evaluations) {
    return evaluations.stream()
        .filter(e -> e.candidate().equals(name))
        .filter(e -> e.purpose().equals("validation") && e.mean() != null)
        .reduce((a, b) -> b.tasks() >= a.tasks() ? b : a);
  }

  private static double meanOf(ReportData.Evaluation e) {
    return e.mean() == null ? 0 : e.mean();
  }
}
