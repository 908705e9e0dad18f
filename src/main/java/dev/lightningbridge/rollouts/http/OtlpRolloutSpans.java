package dev.lightningbridge.rollouts.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Spans from OTLP to agentlightning's form, as its {@code utils/otlp.py} turns them: rollout,
 * attempt and number are attributes of the span, or of what sent it.
 */
final class OtlpRolloutSpans {
  private static final String ROLLOUT = "agentlightning.rollout_id";
  private static final String ATTEMPT = "agentlightning.attempt_id";
  private static final String SEQUENCE = "agentlightning.span_sequence_id";
  private static final List<String> STATUS = List.of("UNSET", "OK", "ERROR");

  private OtlpRolloutSpans() {}

  /** All spans of a document in OTLP JSON; those without a rollout have none here either. */
  static List<ObjectNode> in(JsonNode document) {
    List<ObjectNode> spans = new ArrayList<>();
    for (JsonNode from : document.path("resourceSpans")) {
      ObjectNode resource = Json.mapper().createObjectNode();
      resource.set("attributes", attributes(from.path("resource").path("attributes")));
      resource.put("schema_url", from.path("schemaUrl").asText(""));
      for (JsonNode scope : from.path("scopeSpans")) {
        scope.path("spans").forEach(span -> spans.add(span(span, resource)));
      }
    }
    return spans;
  }

  private static ObjectNode span(JsonNode span, ObjectNode resource) {
    ObjectNode attributes = attributes(span.path("attributes"));
    JsonNode ofAll = resource.path("attributes");
    String parent = span.path("parentSpanId").asText("");
    ObjectNode json =
        Json.mapper()
            .createObjectNode()
            .put("rollout_id", either(attributes, ofAll, ROLLOUT))
            .put("attempt_id", either(attributes, ofAll, ATTEMPT))
            .put("sequence_id", sequence(either(attributes, ofAll, SEQUENCE)))
            .put("trace_id", id(span, "traceId", 32))
            .put("span_id", id(span, "spanId", 16))
            .put("parent_id", parent.isEmpty() ? null : parent)
            .put("name", span.path("name").asText(""));
    json.set("status", status(span.path("status")));
    json.set("attributes", attributes);
    json.set("events", events(span.path("events")));
    json.set("links", links(span.path("links")));
    json.put("start_time", seconds(span, "startTimeUnixNano"));
    json.put("end_time", seconds(span, "endTimeUnixNano"));
    json.set("context", context(span));
    json.putNull("parent");
    json.set("resource", resource);
    return json;
  }

  /** The span's attribute, or that of all that came with it; null where neither has it. */
  private static @Nullable String either(JsonNode span, JsonNode ofAll, String name) {
    JsonNode value = span.has(name) ? span.path(name) : ofAll.path(name);
    return value.isMissingNode() ? null : value.asText();
  }

  /** -1 where the store is to number it. */
  private static long sequence(@Nullable String given) {
    try {
      return given == null ? -1 : Math.max(-1, Long.parseLong(given.strip()));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static String id(JsonNode span, String member, int length) {
    String id = span.path(member).asText("");
    return "0".repeat(Math.max(0, length - id.length())) + id;
  }

  private static ObjectNode context(JsonNode span) {
    ObjectNode context =
        Json.mapper()
            .createObjectNode()
            .put("trace_id", id(span, "traceId", 32))
            .put("span_id", id(span, "spanId", 16))
            .put("is_remote", false);
    context.putObject("trace_state");
    return context;
  }

  private static ObjectNode status(JsonNode status) {
    String code = status.path("code").asText("0").replace("STATUS_CODE_", "");
    String message = status.path("message").asText("");
    boolean number = code.matches("[012]");
    return Json.mapper()
        .createObjectNode()
        .put(
            "status_code",
            number ? STATUS.get(Integer.parseInt(code)) : STATUS.contains(code) ? code : "UNSET")
        .put("description", message.isEmpty() ? null : message);
  }

  private static ArrayNode events(JsonNode events) {
    ArrayNode list = Json.mapper().createArrayNode();
    for (JsonNode event : events) {
      ObjectNode one = list.addObject().put("name", event.path("name").asText(""));
      one.set("attributes", attributes(event.path("attributes")));
      one.put("timestamp", seconds(event, "timeUnixNano"));
    }
    return list;
  }

  private static ArrayNode links(JsonNode links) {
    ArrayNode list = Json.mapper().createArrayNode();
    for (JsonNode link : links) {
      ObjectNode one = list.addObject();
      one.set("context", context(link));
      ObjectNode attributes = attributes(link.path("attributes"));
      one.set("attributes", attributes.isEmpty() ? one.nullNode() : attributes);
    }
    return list;
  }

  private static @Nullable Double seconds(JsonNode of, String member) {
    try {
      long nanos = Long.parseLong(of.path(member).asText("0"));
      return nanos == 0 ? null : nanos / 1e9;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static ObjectNode attributes(JsonNode list) {
    ObjectNode attributes = Json.mapper().createObjectNode();
    for (JsonNode one : list) {
      JsonNode value = value(one.path("value"));
      // Agentlightning's clients take no attribute without a value.
      if (!value.isNull()) {
        attributes.set(one.path("key").asText(""), value);
      }
    }
    return attributes;
  }

  private static JsonNode value(JsonNode any) {
    if (any.has("arrayValue")) {
      ArrayNode list = Json.mapper().createArrayNode();
      any.path("arrayValue").path("values").forEach(item -> list.add(value(item)));
      return list;
    }
    if (any.has("kvlistValue")) {
      return attributes(any.path("kvlistValue").path("values"));
    }
    ObjectNode plain = Json.mapper().createObjectNode();
    if (any.has("intValue")) {
      // As JSON it is a text.
      plain.put("value", any.path("intValue").asLong());
    } else if (any.has("bytesValue")) {
      plain.put("value", hex(any.path("bytesValue").asText("")));
    } else if (any.isObject() && !any.isEmpty()) {
      plain.set("value", any.iterator().next());
    }
    return plain.has("value") ? plain.path("value") : plain.nullNode();
  }

  private static String hex(String base64) {
    try {
      return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return base64;
    }
  }
}
