package dev.lightningbridge.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;

/** Spans from Protocol Buffers to OTLP JSON, as far as they are read here. */
final class SpansOfProtobuf {
  private SpansOfProtobuf() {}

  static ObjectNode json(ExportTraceServiceRequest request) {
    ObjectNode document = Json.mapper().createObjectNode();
    ArrayNode resources = document.putArray("resourceSpans");
    for (ResourceSpans resource : request.getResourceSpansList()) {
      ObjectNode one = resources.addObject().put("schemaUrl", resource.getSchemaUrl());
      OtlpOfProtobuf.attributes(
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
    node.put("traceId", OtlpOfProtobuf.hex(span.getTraceId()))
        .put("spanId", OtlpOfProtobuf.hex(span.getSpanId()))
        .put("parentSpanId", OtlpOfProtobuf.hex(span.getParentSpanId()))
        .put("name", span.getName())
        .put("startTimeUnixNano", Long.toUnsignedString(span.getStartTimeUnixNano()))
        .put("endTimeUnixNano", Long.toUnsignedString(span.getEndTimeUnixNano()));
    OtlpOfProtobuf.attributes(span.getAttributesList(), node.putArray("attributes"));
    ArrayNode events = node.putArray("events");
    for (Span.Event event : span.getEventsList()) {
      ObjectNode one =
          events
              .addObject()
              .put("name", event.getName())
              .put("timeUnixNano", Long.toUnsignedString(event.getTimeUnixNano()));
      OtlpOfProtobuf.attributes(event.getAttributesList(), one.putArray("attributes"));
    }
    ArrayNode links = node.putArray("links");
    for (Span.Link link : span.getLinksList()) {
      ObjectNode one =
          links
              .addObject()
              .put("traceId", OtlpOfProtobuf.hex(link.getTraceId()))
              .put("spanId", OtlpOfProtobuf.hex(link.getSpanId()));
      OtlpOfProtobuf.attributes(link.getAttributesList(), one.putArray("attributes"));
    }
    node.putObject("status")
        .put("code", span.getStatus().getCodeValue())
        .put("message", span.getStatus().getMessage());
  }
}
