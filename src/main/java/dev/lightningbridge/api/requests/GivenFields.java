package dev.lightningbridge.api.requests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which fields of a body ask for something, by their names with those that they stand in. */
public final class GivenFields {
  /** On unless said otherwise; every other switch is off. */
  private static final Set<String> ON = Set.of("humanNotes", "earlyStop");

  /** Of these what stands in them is data, not a field. */
  private static final Set<String> WHOLE = Set.of("model.endpoint.aliases", "endpoint.aliases");

  private GivenFields() {}

  /** Such as {@code model.sandbox.seed}. */
  public static Set<String> of(Object body) {
    Set<String> given = new HashSet<>();
    add("", Json.mapper().valueToTree(body), given);
    return given;
  }

  private static void add(String prefix, JsonNode object, Set<String> given) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = prefix + member.getKey();
      JsonNode value = member.getValue();
      if (value.isObject() && !WHOLE.contains(name)) {
        add(name + ".", value, given);
      } else if (asks(name, value)) {
        given.add(name);
      }
    }
  }

  private static boolean asks(String name, JsonNode value) {
    return value.isBoolean()
        ? value.booleanValue() != ON.contains(name)
        : !value.isNull() && !(value.isContainerNode() && value.isEmpty());
  }
}
