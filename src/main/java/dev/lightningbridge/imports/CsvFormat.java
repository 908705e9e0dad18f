package dev.lightningbridge.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lightningbridge.common.CsvRows;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Values separated by commas, semicolons, tabs or bars, under a line of names (RFC 4180). */
final class CsvFormat implements RowFormat {
  /** How databases write that there is no value. */
  private static final Set<String> NONE = Set.of("NULL", "\\N");

  @Override
  public void read(SourceText text, RowTaker taker) throws IOException {
    String header = text.start().lines().findFirst().orElse("");
    try (CsvRows rows = new CsvRows(text.reader(), CsvRows.separatorOf(header))) {
      List<String> columns =
          rows.next().map(CsvRows.Row::values).orElse(List.of()).stream()
              .map(String::strip)
              .toList();
      for (Optional<CsvRows.Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        CsvRows.Row values = row.get();
        if (values.isBlank()) {
          continue;
        }
        if (values.values().size() > columns.size()) {
          taker.skip(
              values.line(),
              ImportError.ROW_MALFORMED,
              "it has %d values where %d columns are named"
                  .formatted(values.values().size(), columns.size()));
        } else if (!taker.take(new RawRow(values.line(), named(columns, values.values())))) {
          return;
        }
      }
    }
  }

  private static Map<String, JsonNode> named(List<String> columns, List<String> values) {
    Map<String, JsonNode> named = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      if (!value.isBlank() && !NONE.contains(value.strip()) && !columns.get(i).isEmpty()) {
        named.put(columns.get(i), TextNode.valueOf(value));
      }
    }
    return named;
  }
}
