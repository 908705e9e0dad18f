package dev.lightningbridge.runs.report;

import dev.lightningbridge.findings.Finding;
import dev.lightningbridge.findings.Finding.Place;
import dev.lightningbridge.findings.FindingText;
import dev.lightningbridge.findings.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Findings with their places in the prompt.
 *
 * @param count in words
 * @param prompt the whole prompt, in pieces
 */
public record FindingsPart(String count, List<Row> rows, List<Piece> prompt) {
  /**
   * A finding.
   *
   * @param source the kind of row that it came from; null where none was found, as {@code sourceId}
   * @param said what the row says there; null where that is not known
   * @param inPrompt whether it is marked in the prompt
   */
  public record Row(
      String id,
      String kind,
      String text,
      String why,
      boolean inPrompt,
      @Nullable String source,
      @Nullable String sourceId,
      @Nullable String said) {
    static Row of(Finding finding) {
      Source source = finding.source();
      return new Row(
          finding.id(),
          finding.kind().text(),
          FindingText.excerpt(finding),
          finding.why(),
          finding.where().in() == Place.In.PROMPT,
          source == null ? null : source.kind(),
          source == null ? null : source.id(),
          FindingText.said(finding));
    }
  }

  /**
   * A piece of the prompt; what nobody sees is written by its number.
   *
   * @param marks the findings that it is part of; {@code anchors} those that begin with it
   */
  public record Piece(String text, List<String> marks, List<String> anchors) {}

  /** Null where there are no findings. */
  public static @Nullable FindingsPart of(List<Finding> findings, String prompt) {
    if (findings.isEmpty()) {
      return null;
    }
    List<Finding> marked =
        findings.stream().filter(f -> f.where().in() == Place.In.PROMPT).toList();
    return new FindingsPart(
        findings.size() == 1 ? "1 finding" : findings.size() + " findings",
        findings.stream().map(Row::of).toList(),
        pieces(marked, prompt));
  }

  private static List<Piece> pieces(List<Finding> marked, String prompt) {
    TreeSet<Integer> cuts = new TreeSet<>(List.of(0, prompt.length()));
    marked.stream().flatMap(f -> Stream.of(f.where().start(), f.where().end())).forEach(cuts::add);
    List<Piece> pieces = new ArrayList<>();
    for (Integer from = cuts.first(); from < prompt.length(); from = cuts.higher(from)) {
      int start = from;
      int end = cuts.higher(from);
      pieces.add(
          new Piece(
              FindingText.seen(prompt.substring(start, end), '\n', '\t'),
              ids(marked.stream().filter(f -> f.where().start() < end && start < f.where().end())),
              ids(marked.stream().filter(f -> f.where().start() == start))));
    }
    return pieces;
  }

  private static List<String> ids(Stream<Finding> findings) {
    return findings.map(Finding::id).toList();
  }
}
