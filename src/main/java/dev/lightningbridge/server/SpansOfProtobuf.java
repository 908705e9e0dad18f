package dev.lightningbridge.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.lightningbridge.common.Json;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Spans from Protocol Buffers to OTLP JSON, as far as they are read here. Protobuf's own JSON is
 * another one: OTLP writes ids in hexadecimal.
 */
final class SpansOfProtobuf {
  private SpansOfProtobuf() {}

  static ObjectNode json(ExportTraceServiceRequest request) {
    ObjectNode document = Json.mapper().createObjectNode();
    ArrayNode resources = document.putArray("resourceSpans");
    for (ResourceSpans resource : request.getResourceSpansList()) {
      ObjectNode one = resources.addObject().put("schemaUrl", resource.getSchemaUrl());
      attributes(
          resource.getResource().getAttributesList(),
          one.putObject("resource").putArray("attributes"));
      ArrayNode scopes = one.putArray("scopeSpans");
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        ArrayNode spans = scopes.addObject().putArray("spans");
        scope.getSpansList().forEach(span -> span(span, spans.addObject()));
      }
    }
    return document;
  }

  private static void span(Span span, ObjectNode node) {
    node.put("traceId", hex(span.getTraceId()))
        .put("spanId", hex(span.getSpanId()))
        .put("parentSpanId", hex(span.getParentSpanId()))
        .put("name", span.getName())
        .put("startTimeUnixNano", Long.toUnsignedString(span.getStartTimeUnixNano()))
        .put("endTimeUnixNano", Long.toUnsignedString(span.getEndTimeUnixNano()));
    attributes(span.getAttributesList(), node.putArray("attributes"));
    ArrayNode events = node.putArray("events");
    for (Span.Event event : span.getEventsList()) {
      ObjectNode one =
          events
              .addObject()
              .put("name", event.getName())
              .put("timeUnixNano", Long.toUnsignedString(event.getTimeUnixNano()));
      attributes(event.getAttributesList(), one.putArray("attributes"));
    }
    ArrayNode links = node.putArray("links");
    for (Span.Link link : span.getLinksList()) {
      ObjectNode one =
          links
              .addObject()
              .put("traceId", hex(link.getTraceId()))
              .put("spanId", hex(link.getSpanId()));
      attributes(link.getAttributesList(), one.putArray("attributes"));
    }
    node.putObject("status")
        .put("code", span.getStatus().getCodeValue())
        .put("message", span.getStatus().getMessage());
  }

  private static void attributes(List<KeyValue> attributes, ArrayNode list) {
    for (KeyValue attribute : attributes) {
      value(
          attribute.getValue(), list.addObject().put("key", attribute.getKey()).putObject("value"));
    }
  }

  private static void value(AnyValue value, ObjectNode node) {
    switch (value.getValueCase()) {
      case STRING_VALUE -> node.put("stringValue", value.getStringValue());
      case BOOL_VALUE -> node.put("boolValue", value.getBoolValue());
      case INT_VALUE -> node.put("intValue", value.getIntValue());
      case DOUBLE_VALUE -> node.put("doubleValue", value.getDoubleValue());
      case ARRAY_VALUE -> {
        ArrayNode values = node.putObject("arrayValue").putArray("values");
        value.getArrayValue().getValuesList().forEach(v -> value(v, values.addObject()));
      }
      case KVLIST_VALUE ->
          attributes(
              value.getKvlistValue().getValuesList(),
              node.putObject("kvlistValue").putArray("values"));
      case BYTES_VALUE ->
          node.put(
              "bytesValue",
              Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray()));
      default -> {}
    }
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }
}
