package dev.lightningbridge.grading;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lightningbridge.common.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON values seen as members by path. */
final class JsonMembers {
  private static final ObjectReader READER =
      Json.mapper()
          .reader()
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private JsonMembers() {}

  /** The text as JSON; empty where it is none, or has a member twice. */
  static Optional<JsonNode> parse(String text) {
    try {
      return Optional.of(READER.readTree(text)).filter(node -> !node.isMissingNode());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /**
   * The conditions that a JSON value sets: one per member, those of objects within it included. An
   * array is one member; so are an empty object and a value that is no object.
   */
  static List<Criterion> criteria(JsonNode expected) {
    List<Criterion> all = new ArrayList<>();
    collect(List.of(), expected, all);
    return all;
  }

  private static void collect(List<String> path, JsonNode expected, List<Criterion> into) {
    if (!expected.isObject() || expected.isEmpty()) {
      into.add(new Criterion.HoldsMember(path, expected));
      return;
    }
    for (Map.Entry<String, JsonNode> member : expected.properties()) {
      List<String> inner = new ArrayList<>(path);
      inner.add(member.getKey());
      collect(List.copyOf(inner), member.getValue(), into);
    }
  }

  /** The member at the path, elements of arrays by their index; a missing node where none is. */
  static JsonNode at(JsonNode json, List<String> path) {
    JsonNode node = json;
    for (String name : path) {
      node = node.isArray() ? element(node, name) : node.path(name);
    }
    return node;
  }

  private static JsonNode element(JsonNode array, String index) {
    return index.matches("\\d{1,9}")
        ? array.path(Integer.parseInt(index))
        : MissingNode.getInstance();
  }

  /** Equality with numbers compared by value: 1, 1.0 and 1e0 are the same. */
  static boolean equal(JsonNode one, JsonNode other) {
    return one.equals(
        (a, b) ->
            a.isNumber() && b.isNumber()
                ? a.decimalValue().compareTo(b.decimalValue())
                : a.equals(b) ? 0 : 1,
        other);
  }
}
