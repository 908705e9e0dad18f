package dev.lightningbridge.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Spans of model calls in OTLP JSON, as collectors and exporters write it to files. A score is an
 * event {@code gen_ai.evaluation.result}.
 */
final class Otlp {
  private Otlp() {}

  static RowFormat format() {
    return new JsonElements(
        List.of(OtlpSpan.ROOT, OtlpSpan.SCOPES, OtlpSpan.SPANS),
        (number, node) -> rows(number, OtlpSpan.of(node)));
  }

  private static List<RawRow> rows(long number, OtlpSpan span) {
    if (!span.isCall()) {
      return List.of();
    }
    SpanWords words = span.words();
    Map<String, JsonNode> row = new LinkedHashMap<>();
    span.attributes()
        .forEach(
            (name, value) -> {
              if (!SpanWords.isSaid(name)) {
                row.put(name, value);
              }
            });
    row.putAll(words.scores());
    row.putAll(words.fields());
    JsonNode model = span.model();
    if (model != null) {
      row.put(Field.MODEL.word(), model);
    }
    String id = span.member("traceId") + "/" + span.member("spanId");
    row.put(Field.ID.word(), TextNode.valueOf(id));
    row.put(Field.TIME.word(), TextNode.valueOf(span.member("startTimeUnixNano")));
    return List.of(new RawRow(number, row));
  }
}
