package dev.lightningbridge.imports;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import dev.lightningbridge.common.Json;
import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** JSON objects: one a line, or the elements of a list. Each is turned into rows. */
final class JsonRows implements RowFormat {
  /** Numbers keep their digits. */
  static final ObjectReader ELEMENT =
      Json.outside()
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final ObjectReader LINE =
      ELEMENT.with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final BiFunction<Long, JsonNode, Iterable<RawRow>> rows;

  /**
   * @param rows makes rows of a line's number and its object
   */
  JsonRows(BiFunction<Long, JsonNode, Iterable<RawRow>> rows) {
    this.rows = rows;
  }

  /** Objects whose members are columns. */
  static JsonRows plain() {
    return new JsonRows((line, object) -> List.of(new RawRow(line, members(object))));
  }

  /** The members that say something. */
  static Map<String, JsonNode> members(JsonNode object) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            member -> {
              if (!member.getValue().isNull()) {
                members.put(member.getKey(), member.getValue());
              }
            });
    return members;
  }

  @Override
  public void read(SourceText text, RowTaker taker) throws IOException {
    if (text.start().stripLeading().startsWith("[")) {
      elements(text.reader(), taker);
    } else {
      lines(text.reader(), taker);
    }
  }

  private void lines(Reader reader, RowTaker taker) throws IOException {
    TextLines lines = new TextLines(reader);
    for (TextLines.Line line = lines.next(); line != null; line = lines.next()) {
      String text = line.text();
      if (text == null) {
        taker.skip(
            line.number(),
            ImportError.ROW_TOO_LONG,
            "it has more than %,d characters".formatted(TextLines.LIMIT));
      } else if (!text.isBlank() && !line(line.number(), text, taker)) {
        return;
      }
    }
  }

  private boolean line(long number, String text, RowTaker taker) {
    try {
      return give(number, LINE.readTree(text), taker);
    } catch (JsonProcessingException e) {
      taker.skip(number, ImportError.ROW_MALFORMED, "it is no JSON: " + e.getOriginalMessage());
      return true;
    }
  }

  private void elements(Reader reader, RowTaker taker) throws IOException {
    long element = 0;
    try (JsonParser parser = Json.mapper().createParser(reader)) {
      parser.nextToken();
      for (JsonToken token = parser.nextToken();
          token != null && token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        JsonNode node = ELEMENT.readValue(parser);
        if (!give(++element, node, taker)) {
          return;
        }
      }
    } catch (JsonProcessingException e) {
      taker.skip(
          element + 1,
          ImportError.ROW_MALFORMED,
          "from here on the list is no JSON: " + e.getOriginalMessage());
    }
  }

  private boolean give(long number, JsonNode node, RowTaker taker) {
    if (!node.isObject()) {
      taker.skip(number, ImportError.ROW_MALFORMED, "it is no JSON object");
      return true;
    }
    for (RawRow row : rows.apply(number, node)) {
      if (!taker.take(row)) {
        return false;
      }
    }
    return true;
  }
}
