package dev.lightningbridge.imports;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import java.io.IOException;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Objects that stand in lists at some places of a file's JSON documents, read one at a time. Lists
 * are looked through on the way; what stands elsewhere is passed over.
 */
final class JsonElements implements RowFormat {
  private final List<Place> places;

  /**
   * Where objects stand, and what is made of them. Places differ in the first name of their paths.
   *
   * @param path names of members, from the document's object down to the list
   * @param rows makes rows of an object and its number; none where it is no row
   */
  record Place(List<String> path, BiFunction<Long, JsonNode, Iterable<RawRow>> rows) {}

  JsonElements(Place... places) {
    this.places = List.of(places);
  }

  @Override
  public void read(SourceText text, RowTaker taker) throws IOException {
    try (JsonParser parser = Json.mapper().createParser(text.reader())) {
      new Walk(parser, taker).all();
    }
  }

  /** One reading of a file. */
  private final class Walk {
    private final JsonParser parser;
    private final RowTaker taker;
    private long element;

    Walk(JsonParser parser, RowTaker taker) {
      this.parser = parser;
      this.taker = taker;
    }

    void all() throws IOException {
      try {
        while (parser.nextToken() != null) {
          if (!into(places, 0)) {
            return;
          }
        }
      } catch (JsonProcessingException e) {
        taker.skip(
            element + 1,
            ImportError.ROW_MALFORMED,
            "from here on the file is no JSON: " + e.getOriginalMessage());
      }
    }

    /** Goes into the value at which the parser is; tells whether more rows are wanted. */
    private boolean into(List<Place> possible, int depth) throws IOException {
      if (parser.currentToken() == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          if (!into(possible, depth)) {
            return false;
          }
        }
        return true;
      }
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        return true;
      }
      Place first = possible.getFirst();
      return depth == first.path().size() ? give(first) : members(possible, depth);
    }

    private boolean members(List<Place> possible, int depth) throws IOException {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        List<Place> wanted =
            possible.stream().filter(place -> place.path().get(depth).equals(name)).toList();
        parser.nextToken();
        if (wanted.isEmpty()) {
          parser.skipChildren();
        } else if (!into(wanted, depth + 1)) {
          return false;
        }
      }
      return true;
    }

    private boolean give(Place place) throws IOException {
      JsonNode node = JsonRows.ELEMENT.readValue(parser);
      for (RawRow row : place.rows().apply(++element, node)) {
        if (!taker.take(row)) {
          return false;
        }
      }
      return true;
    }
  }
}
