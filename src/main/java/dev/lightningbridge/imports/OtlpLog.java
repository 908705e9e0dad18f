package dev.lightningbridge.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A log record that tells what was said in a span, as OpenTelemetry's instrumentations send it that
 * keep it off the span, or that gives a score: its attribute {@code event.name}, or its own {@code
 * eventName}, is one of {@code gen_ai.*}.
 *
 * @param spanId empty only where it gives a score to a trace
 * @param atNs when, in nanoseconds since the epoch; 0 where it does not say
 * @param bytes of its text
 */
public record OtlpLog(String traceId, String spanId, OtlpEvent event, long atNs, long bytes) {
  /** The member by which a document with logs is told. */
  public static final String ROOT = "resourceLogs";

  static final String SCOPES = "scopeLogs";
  static final String RECORDS = "logRecords";

  private static final String NAME = "event.name";

  /** Those of a document in OTLP JSON; all its other records are passed over. */
  public static List<OtlpLog> in(JsonNode document) {
    List<OtlpLog> logs = new ArrayList<>();
    for (JsonNode resource : document.path(ROOT)) {
      for (JsonNode scope : resource.path(SCOPES)) {
        scope.path(RECORDS).forEach(record -> of(record).ifPresent(logs::add));
      }
    }
    return logs;
  }

  /** What the record tells; empty where it tells nothing of what was said in a span. */
  static Optional<OtlpLog> of(JsonNode record) {
    Map<String, JsonNode> says = new HashMap<>(OtlpValues.attributes(record.path("attributes")));
    JsonNode named = says.get(NAME);
    String own = record.path("eventName").asText("");
    String name = own.isEmpty() && named != null ? named.asText() : own;
    String trace = record.path("traceId").asText("");
    String span = record.path("spanId").asText("");
    OtlpEvent event = new OtlpEvent(name, says);
    boolean isRead = event.isScore() || (OtlpEvent.isSaid(name) && !span.isEmpty());
    if (!isRead || trace.isEmpty()) {
      return Optional.empty();
    }
    JsonNode body = OtlpValues.plain(record.path("body"));
    (body.isTextual() ? Messages.json(body.textValue()).orElse(body) : body)
        .properties()
        .forEach(member -> says.put(member.getKey(), member.getValue()));
    return Optional.of(new OtlpLog(trace, span, event, atNs(record), record.toString().length()));
  }

  /** The score that it gives; null where it gives none. */
  public OtlpSpan.@Nullable Given score() {
    SpanWords words = new SpanWords();
    words.event(event);
    return OtlpSpan.Given.of(words.scores(), null);
  }

  private static long atNs(JsonNode record) {
    long at = record.path("timeUnixNano").asLong(0);
    return at > 0 ? at : record.path("observedTimeUnixNano").asLong(0);
  }
}
