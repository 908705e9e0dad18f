package dev.lightningbridge.camp;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lightningbridge.common.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON as it stands in text columns: often there, sometimes broken. */
final class JsonText {
  private JsonText() {}

  /** The value, or null where the text is no JSON; a missing text is a missing node. */
  static @Nullable JsonNode parse(@Nullable String text) {
    if (text == null) {
      return MissingNode.getInstance();
    }
    try {
      return Json.outside().readTree(text);
    } catch (IOException e) {
      return null;
    }
  }

  /** The texts of a JSON array; null where it is none. */
  static @Nullable List<String> texts(@Nullable String text) {
    JsonNode array = parse(text);
    return array == null || !array.isArray() ? null : texts(array);
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(item.isTextual() ? item.textValue() : item.toString()));
    return texts;
  }

  static @Nullable String text(JsonNode object, String name) {
    return object.path(name).textValue();
  }

  static @Nullable Long integer(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isNumber() && value.canConvertToLong() ? value.longValue() : null;
  }

  static @Nullable Double real(JsonNode object, String name) {
    JsonNode value = object.path(name);
    return value.isNumber() ? value.doubleValue() : null;
  }

  /**
   * Reads through a JSON text without keeping it.
   *
   * @return the texts of those members of the outermost object that are asked for
   * @throws IOException where the text is no JSON
   */
  static Map<String, String> membersOf(String json, Set<String> names) throws IOException {
    Map<String, String> members = new HashMap<>();
    try (JsonParser parser = Json.outside().createParser(json)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new JsonParseException(parser, "empty");
      }
      if (first == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          if (parser.nextToken() == JsonToken.VALUE_STRING && names.contains(name)) {
            members.put(name, parser.getText());
          }
          parser.skipChildren();
        }
      } else {
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "more than one value");
      }
    }
    return members;
  }
}
