package dev.lightningbridge.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Spans of model calls in OTLP JSON, as collectors and exporters write it to files, with what logs
 * in the same file say of them. A score is an event {@code gen_ai.evaluation.result}.
 */
final class Otlp implements RowFormat {
  /**
   * Bytes of calls that wait for their logs, and of logs that wait for their call: an eighth of the
   * memory each, since the server has little.
   */
  private static final long MOST_WAITING =
      Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 8);

  @Override
  public void read(SourceText text, RowTaker taker) throws IOException {
    OtlpPairs<Call> pairs = new OtlpPairs<>(MOST_WAITING);
    UntilEnough wanted = new UntilEnough(taker);
    new JsonElements(
            new JsonElements.Place(
                List.of(OtlpSpan.ROOT, OtlpSpan.SCOPES, OtlpSpan.SPANS),
                (number, node) -> {
                  Call call = new Call(number, OtlpSpan.of(node));
                  return call.span().isCall() ? rows(pairs.call(call, 0)) : List.of();
                }),
            new JsonElements.Place(
                List.of(OtlpLog.ROOT, OtlpLog.SCOPES, OtlpLog.RECORDS),
                (number, node) ->
                    OtlpLog.of(node)
                        .map(log -> rows(pairs.logs("", List.of(log), 0)))
                        .orElse(List.of())))
        .read(text, wanted);
    rows(pairs.rest()).forEach(wanted::take);
  }

  private static List<RawRow> rows(List<Call> calls) {
    return calls.stream().map(Call::row).toList();
  }

  /**
   * A call of a model.
   *
   * @param number of its span among the file's items
   */
  private record Call(long number, OtlpSpan span) implements OtlpPairs.Told<Call> {
    @Override
    public String key() {
      return OtlpPairs.key("", span.member("traceId"), span.member("spanId"));
    }

    @Override
    public long bytes() {
      return OtlpPairs.TREE * (long) span.node().toString().length();
    }

    @Override
    public Call with(OtlpSpan known, long more) {
      return new Call(number, known);
    }

    RawRow row() {
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
      return new RawRow(number, row);
    }
  }

  /** Gives no row more once enough are taken. */
  private static final class UntilEnough implements RowTaker {
    private final RowTaker taker;
    private boolean wanted = true;

    UntilEnough(RowTaker taker) {
      this.taker = taker;
    }

    @Override
    public boolean take(RawRow row) {
      wanted = wanted && taker.take(row);
      return wanted;
    }

    @Override
    public void skip(long line, ImportError code, String why) {
      taker.skip(line, code, why);
    }
  }
}
