package dev.lightningbridge.imports;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A span as OTLP JSON has it, with its attributes by name.
 *
 * @param node the whole span
 * @param attributes their values as plain JSON
 * @param events its own, and those that logs told of it
 */
public record OtlpSpan(JsonNode node, Map<String, JsonNode> attributes, List<OtlpEvent> events) {
  /** The member by which a document with spans is told. */
  public static final String ROOT = "resourceSpans";

  static final String SCOPES = "scopeSpans";
  static final String SPANS = "spans";

  private static final Set<String> CALLS = Set.of("chat", "text_completion", "generate_content");
  private static final String REWARD = "agentlightning.reward.0.value";
  private static final String OPERATION = "gen_ai.operation.name";

  /** The span that the node is. */
  public static OtlpSpan of(JsonNode node) {
    List<OtlpEvent> events = new ArrayList<>();
    node.path("events").forEach(event -> events.add(OtlpEvent.of(event)));
    return new OtlpSpan(node, OtlpValues.attributes(node.path("attributes")), events);
  }

  /** All spans of a document in OTLP JSON. */
  public static List<OtlpSpan> in(JsonNode document) {
    List<OtlpSpan> spans = new ArrayList<>();
    document
        .path(ROOT)
        .forEach(
            of ->
                of.path(SCOPES)
                    .forEach(scope -> scope.path(SPANS).forEach(span -> spans.add(of(span)))));
    return spans;
  }

  /** A call of a model, or a span of an older kind that says what was sent to one. */
  public boolean isCall() {
    JsonNode operation = attributes.get(OPERATION);
    return operation == null
        ? attributes.keySet().stream().anyMatch(OtlpSpan::isAsked)
        : CALLS.contains(operation.asText());
  }

  private static boolean isAsked(String name) {
    return name.startsWith("gen_ai.prompt.") || name.equals("gen_ai.input.messages");
  }

  /** A tool that was run. */
  public boolean isTool() {
    return text(OPERATION).equals("execute_tool");
  }

  /**
   * A score that a span gives.
   *
   * @param value as it was sent
   * @param comment null where there is none
   */
  public record Given(JsonNode value, @Nullable String comment) {
    /** What events say of a score, or else this value; null where there is none. */
    static @Nullable Given of(Map<String, JsonNode> scores, @Nullable JsonNode otherwise) {
      JsonNode told = scores.get(Field.SCORE.word());
      JsonNode value = told == null ? otherwise : told;
      JsonNode comment = scores.get(Field.COMMENT.word());
      return value == null ? null : new Given(value, comment == null ? null : comment.asText());
    }
  }

  /**
   * The span's score: the first of its evaluations ({@code gen_ai.evaluation.result}), or the
   * reward that agentlightning's {@code emit_reward} sends; null where it has none.
   */
  public @Nullable Given score() {
    return Given.of(words().scores(), attributes.get(REWARD));
  }

  /** The tool's name; the span's where it has none. */
  public String toolName() {
    String name = text("gen_ai.tool.name");
    return name.isEmpty() ? member("name") : name;
  }

  /** What went wrong in it; null where nothing did. */
  public @Nullable String error() {
    JsonNode status = node.path("status");
    String code = status.path("code").asText("");
    return code.equals("2") || code.equals("STATUS_CODE_ERROR")
        ? status.path("message").asText("error")
        : null;
  }

  /** When it began, in milliseconds since the epoch; 0 where it does not say. */
  public long startMs() {
    return millis("startTimeUnixNano");
  }

  public long durationMs() {
    return Math.max(0, millis("endTimeUnixNano") - startMs());
  }

  private long millis(String member) {
    try {
      return TimeUnit.NANOSECONDS.toMillis(Long.parseLong(member(member)));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The same span, of which logs have told these events too. */
  OtlpSpan with(List<OtlpEvent> told) {
    List<OtlpEvent> all = new ArrayList<>(events);
    all.addAll(told);
    return new OtlpSpan(node, attributes, all);
  }

  /** What was said in it. */
  public SpanWords words() {
    SpanWords words = new SpanWords();
    attributes.forEach(words::attribute);
    events.forEach(words::event);
    return words;
  }

  /** The model that answered, or was asked; null where the span does not say. */
  public @Nullable JsonNode model() {
    JsonNode model = attributes.get("gen_ai.response.model");
    return model == null ? attributes.get("gen_ai.request.model") : model;
  }

  /** A member of the span itself, such as {@code traceId}; empty where it has none. */
  public String member(String name) {
    return node.path(name).asText("");
  }

  /** An attribute as text; empty where there is none. */
  public String text(String attribute) {
    JsonNode value = attributes.get(attribute);
    return value == null ? "" : value.isTextual() ? value.textValue() : value.toString();
  }
}
