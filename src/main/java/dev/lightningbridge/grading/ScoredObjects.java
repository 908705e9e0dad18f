package dev.lightningbridge.grading;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.lightningbridge.common.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The JSON objects in a text that have a score, wherever they stand. Read are also the trailing
 * commas, raw newlines, single quotes and backslashes of models that write JSON by hand.
 *
 * @param around the text without them
 */
record ScoredObjects(List<JsonNode> found, String around) {
  private static final ObjectReader READER =
      Json.mapper()
          .readerFor(JsonNode.class)
          .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .withFeatures(
              JsonReadFeature.ALLOW_TRAILING_COMMA,
              JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
              JsonReadFeature.ALLOW_SINGLE_QUOTES,
              JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES,
              JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER);

  static boolean isScore(String member) {
    return member.strip().equalsIgnoreCase("score");
  }

  static ScoredObjects in(String text) {
    List<JsonNode> found = new ArrayList<>();
    StringBuilder around = new StringBuilder();
    int end = 0;
    for (int from = text.indexOf('{');
        from >= 0;
        from = text.indexOf('{', Math.max(end, from + 1))) {
      Optional<Placed> object = at(text, from);
      if (object.isPresent()) {
        found.add(object.get().object());
        around.append(text, end, from).append('\n');
        end = object.get().end();
      }
    }
    return new ScoredObjects(List.copyOf(found), around.append(text.substring(end)).toString());
  }

  private static Optional<Placed> at(String text, int from) {
    try (JsonParser parser = READER.createParser(text.substring(from))) {
      JsonNode node = READER.readTree(parser);
      int length = (int) parser.currentLocation().getCharOffset();
      boolean scored = node.properties().stream().anyMatch(m -> isScore(m.getKey()));
      return scored ? Optional.of(new Placed(node, from + length)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private record Placed(JsonNode object, int end) {}
}
