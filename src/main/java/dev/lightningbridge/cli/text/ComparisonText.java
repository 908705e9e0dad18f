package dev.lightningbridge.cli.text;

import dev.lightningbridge.runs.ending.RunComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs side by side, as a table of a row for each figure and a column for each run. */
public final class ComparisonText {
  private static final int ID = 8;
  private static final String BETWEEN = "  ";

  private ComparisonText() {}

  public static List<String> of(RunComparison comparison) {
    List<RunComparison.Row> rows = new ArrayList<>();
    rows.add(
        new RunComparison.Row(
            "Run",
            comparison.runs().stream().map(compared -> shortId(compared.run().id())).toList()));
    rows.addAll(comparison.rows());
    int first = rows.stream().mapToInt(row -> row.name().length()).max().orElse(0);
    List<Integer> widths =
        Stream.iterate(0, i -> i < comparison.runs().size(), i -> i + 1)
            .map(i -> rows.stream().mapToInt(row -> row.cells().get(i).length()).max().orElse(0))
            .toList();
    return rows.stream().map(row -> line(row, first, widths)).toList();
  }

  private static String shortId(String id) {
    return id.substring(0, Math.min(ID, id.length()));
  }

  private static String line(RunComparison.Row row, int first, List<Integer> widths) {
    StringBuilder line = new StringBuilder(padded(row.name(), first));
    for (int i = 0; i < widths.size(); i++) {
      line.append(BETWEEN).append(padded(row.cells().get(i), widths.get(i)));
    }
    return line.toString().stripTrailing();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
