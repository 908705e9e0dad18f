package dev.lightningbridge.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;

/**
 * Events from Protocol Buffers to OTLP JSON, as far as they are read here. The lines of an
 * application's own log, which are most of what comes, are left out before they cost anything.
 */
final class LogsOfProtobuf {
  private static final String EVENT = "event.name";

  private LogsOfProtobuf() {}

  static ObjectNode json(ExportLogsServiceRequest request) {
    ObjectNode document = Json.mapper().createObjectNode();
    ArrayNode records =
        document
            .putArray("resourceLogs")
            .addObject()
            .putArray("scopeLogs")
            .addObject()
            .putArray("logRecords");
    for (ResourceLogs resource : request.getResourceLogsList()) {
      for (ScopeLogs scope : resource.getScopeLogsList()) {
        scope.getLogRecordsList().stream()
            .filter(LogsOfProtobuf::isEvent)
            .forEach(record -> record(record, records.addObject()));
      }
    }
    return document;
  }

  private static boolean isEvent(LogRecord record) {
    return !record.getEventName().isEmpty()
        || record.getAttributesList().stream().anyMatch(a -> a.getKey().equals(EVENT));
  }

  private static void record(LogRecord record, ObjectNode node) {
    node.put("traceId", OtlpOfProtobuf.hex(record.getTraceId()))
        .put("spanId", OtlpOfProtobuf.hex(record.getSpanId()))
        .put("eventName", record.getEventName())
        .put("timeUnixNano", Long.toUnsignedString(record.getTimeUnixNano()))
        .put("observedTimeUnixNano", Long.toUnsignedString(record.getObservedTimeUnixNano()));
    OtlpOfProtobuf.attributes(record.getAttributesList(), node.putArray("attributes"));
    OtlpOfProtobuf.value(record.getBody(), node.putObject("body"));
  }
}
