package dev.lightningbridge.rollouts.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.rollouts.RolloutError;
import dev.lightningbridge.rollouts.RowFilter;
import dev.lightningbridge.rollouts.RowPage;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request to the store asks.
 *
 * @param path values of the path's places
 * @param asked the JSON of its body, or the parameters of its URL; missing where there are none
 */
record StoreRequest(Map<String, String> path, JsonNode asked) {
  private static final Set<String> LISTS = Set.of("status_in", "rollout_id_in");

  /**
   * Reads it.
   *
   * @throws BridgeException LB-8202 where its body is no JSON
   */
  static StoreRequest of(RoutingContext context) {
    Buffer body = context.body().buffer();
    return new StoreRequest(
        context.pathParams(),
        body == null || body.length() == 0
            ? parameters(context.queryParams())
            : json(body.getBytes()));
  }

  private static JsonNode json(byte[] body) {
    try {
      return Json.outside().readTree(body);
    } catch (JsonProcessingException e) {
      throw unusable("it is no JSON: " + e.getOriginalMessage(), "body");
    } catch (IOException e) {
      throw unusable("it cannot be read", "body");
    }
  }

  private static JsonNode parameters(MultiMap given) {
    if (given.isEmpty()) {
      return MissingNode.getInstance();
    }
    ObjectNode asked = Json.mapper().createObjectNode();
    for (String name : given.names()) {
      if (LISTS.contains(name)) {
        given.getAll(name).forEach(asked.withArray(name)::add);
      } else {
        asked.put(name, given.get(name));
      }
    }
    return asked;
  }

  String place(String name) {
    return path.getOrDefault(name, "");
  }

  /** A member's text; null where it is not there. */
  @Nullable String text(String member) {
    JsonNode value = asked.path(member);
    return value.isMissingNode() || value.isNull() ? null : value.asText();
  }

  /** The texts of a list; null where it is not there. */
  @Nullable List<String> texts(String member) {
    return text(member) == null ? null : list(member).stream().map(JsonNode::asText).toList();
  }

  /**
   * A text that must be there.
   *
   * @throws BridgeException LB-8202 where it is not
   */
  String required(String member) {
    String text = text(member);
    if (text == null) {
      throw unusable("it is missing", member);
    }
    return text;
  }

  /** The members of a list that must be there. */
  List<JsonNode> list(String member) {
    if (!asked.path(member).isArray()) {
      throw unusable("it is no list", member);
    }
    List<JsonNode> list = new ArrayList<>();
    asked.path(member).forEach(list::add);
    return list;
  }

  int number(String member, int otherwise) {
    JsonNode value = asked.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    try {
      return Integer.parseInt(value.asText());
    } catch (NumberFormatException e) {
      throw unusable("it is no whole number", member);
    }
  }

  /** That of its members limit, offset, sort_by and sort_order. */
  RowPage page(@Nullable String sortedBy) {
    String sortBy = asked.has("sort_by") ? text("sort_by") : sortedBy;
    return new RowPage(
        number("limit", -1), number("offset", 0), sortBy, one("sort_order", "asc", "desc"));
  }

  /** An empty one, of which all conditions must hold, or any. */
  RowFilter filter() {
    return one("filter_logic", "and", "or") ? RowFilter.any() : RowFilter.all();
  }

  /** That of its conditions of a span's members: each the whole, or with _contains a part. */
  RowFilter spanFilter() {
    RowFilter filter = filter();
    for (String member : List.of("trace_id", "span_id", "parent_id", "name")) {
      filter.exact(member, text(member)).contains(member, text(member + "_contains"));
    }
    return filter;
  }

  /** Whether a member has its other value. */
  private boolean one(String member, String usual, String other) {
    String given = text(member);
    if (given != null && !given.equals(usual) && !given.equals(other)) {
      throw unusable("it is " + usual + " or " + other, member);
    }
    return other.equals(given);
  }

  /**
   * What it asks, of which none of these members is null.
   *
   * @throws BridgeException LB-8202 where one is
   */
  JsonNode without(String... nulls) {
    for (String member : nulls) {
      if (asked.path(member).isNull()) {
        throw unusable("it cannot be null", member);
      }
    }
    return asked;
  }

  static BridgeException unusable(String what, String where) {
    return new BridgeException(
        RolloutError.UNUSABLE, what, where, "Send it as agentlightning 0.3.0 does.");
  }
}
