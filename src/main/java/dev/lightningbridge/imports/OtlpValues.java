package dev.lightningbridge.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lightningbridge.common.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values of OTLP JSON, which names the type of each, as plain JSON. */
final class OtlpValues {
  private OtlpValues() {}

  /** A list of attributes by name, which is the one of the conventions where there is one. */
  static Map<String, JsonNode> attributes(JsonNode list) {
    Map<String, JsonNode> attributes = new LinkedHashMap<>();
    list.forEach(
        a -> attributes.put(SpanNames.usual(a.path("key").asText("")), plain(a.path("value"))));
    return attributes;
  }

  /** A value; an empty text where there is none. */
  static JsonNode plain(JsonNode any) {
    if (any.has("arrayValue")) {
      ArrayNode list = Json.mapper().createArrayNode();
      any.path("arrayValue").path("values").forEach(item -> list.add(plain(item)));
      return list;
    }
    if (any.has("kvlistValue")) {
      ObjectNode object = Json.mapper().createObjectNode();
      attributes(any.path("kvlistValue").path("values")).forEach(object::set);
      return object;
    }
    return any.isObject() && !any.isEmpty() ? any.iterator().next() : TextNode.valueOf("");
  }
}
