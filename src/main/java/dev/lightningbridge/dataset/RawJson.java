package dev.lightningbridge.dataset;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lightningbridge.common.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as it was written: no digit of a number is lost by a reader. */
public final class RawJson {
  private RawJson() {}

  /**
   * The members of an object as they were written; of a name that comes twice, the last.
   *
   * @throws JsonProcessingException where the text is no JSON object with nothing behind it
   */
  public static Map<String, String> members(String json) throws JsonProcessingException {
    Map<String, String> members = new LinkedHashMap<>();
    try (JsonParser parser = Json.outside().createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(parser, "no JSON object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        members.put(name, raw(parser, json));
      }
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "more behind the object");
      }
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return members;
  }

  /** The elements of a list that is known to be one. */
  static List<String> elements(String json) {
    List<String> elements = new ArrayList<>();
    try (JsonParser parser = Json.outside().createParser(json)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(raw(parser, json));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return elements;
  }

  /**
   * The elements of a list, or the values that stand one after the other, of a document of any
   * length.
   *
   * @throws JsonProcessingException where it is no JSON, or has more behind the list
   */
  public static List<String> values(String document, boolean list) throws JsonProcessingException {
    List<String> values = new ArrayList<>();
    try (JsonParser parser = Json.mapper().createParser(document)) {
      if (list) {
        parser.nextToken();
      }
      for (JsonToken token = parser.nextToken();
          token != null && token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        values.add(raw(parser, document));
      }
      if (parser.nextToken() != null) {
        throw new JsonParseException(parser, "more behind the list");
      }
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values;
  }

  /** Whether a list's first element is of the kind. */
  public static boolean begins(String list, JsonToken kind) {
    try (JsonParser parser = Json.outside().createParser(list)) {
      parser.nextToken();
      return parser.nextToken() == kind;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether it is one value and nothing else. */
  public static boolean isWhole(String json) {
    try (JsonParser parser = Json.outside().createParser(json)) {
      parser.nextToken();
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The line on which the first object of a text ends; of one that goes on beyond the text, its
   * last line; 0 where it is none.
   */
  public static long lineOfFirstEnd(String start) {
    try (JsonParser parser = Json.outside().createParser(start)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        parser.skipChildren();
      }
      return parser.currentLocation().getLineNr();
    } catch (JsonEOFException e) {
      return e.getLocation().getLineNr();
    } catch (IOException e) {
      return 0;
    }
  }

  /** The value at the parser's token, which is its last one then. */
  private static String raw(JsonParser parser, String json) throws IOException {
    if (parser.currentToken().isNumeric()) {
      return parser.getText();
    }
    long start = parser.currentTokenLocation().getCharOffset();
    if (parser.currentToken().isStructStart()) {
      parser.skipChildren();
    } else {
      parser.finishToken();
    }
    return json.substring((int) start, (int) parser.currentLocation().getCharOffset());
  }

  public static JsonToken kind(String json) {
    try (JsonParser parser = Json.outside().createParser(json)) {
      JsonToken token = parser.nextToken();
      return token == null ? JsonToken.NOT_AVAILABLE : token;
    } catch (IOException e) {
      return JsonToken.NOT_AVAILABLE;
    }
  }

  public static boolean isA(String json, JsonToken kind) {
    return kind(json) == kind;
  }

  /** Whether an object or a list has anything in it. */
  static boolean holdsSomething(String json) {
    try (JsonParser parser = Json.outside().createParser(json)) {
      parser.nextToken();
      return !parser.nextToken().isStructEnd();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a string. */
  public static String text(String json) {
    return Json.read(json, String.class);
  }

  static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }
}
