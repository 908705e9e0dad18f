package dev.lightningbridge.dataset.export;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Score;
import dev.lightningbridge.corpus.Span;
import dev.lightningbridge.dataset.TextHash;
import dev.lightningbridge.dataset.export.LightningRows.OtelResource;
import dev.lightningbridge.dataset.export.LightningRows.SpanContext;
import dev.lightningbridge.dataset.export.LightningRows.SpanRow;
import dev.lightningbridge.dataset.export.LightningRows.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one attempt as agentlightning's tracers would have written them: a chat span for
 * each model call ({@code gen_ai.*} attributes, read by its TraceToMessages), the other recorded
 * steps, and an annotation with the reward (as its {@code emit_reward} makes it). An attempt
 * without recorded model calls had exactly one. Trace and span ids are hashes of the database's
 * ids.
 */
final class SpanRows {
  private final Attempt attempt;
  private final String rolloutId;
  private final String traceId;
  private final List<SpanRow> rows = new ArrayList<>();

  private SpanRows(Attempt attempt) {
    this.attempt = attempt;
    this.rolloutId = LightningRows.rolloutId(attempt);
    this.traceId = TextHash.of(attempt.id()).hex();
  }

  /** Makes the spans, in order. */
  static List<SpanRow> of(Attempt attempt, List<Span> recorded) {
    SpanRows spans = new SpanRows(attempt);
    if (recorded.stream().noneMatch(s -> s.type().equals("llm_call"))) {
      spans.onlyChat();
    }
    String chat = null;
    for (Span span : recorded) {
      if (span.type().equals("llm_call")) {
        chat = spans.recordedChat(span);
      } else if (span.type().equals("tool_call") || span.type().equals("tool_result")) {
        spans.tool(span, chat);
      } else {
        spans.step(span);
      }
    }
    Score score = attempt.score();
    if (attempt.kind() == AttemptKind.SCORED && score != null) {
      spans.reward(score);
    }
    return spans.rows;
  }

  private void onlyChat() {
    String output = attempt.kind() == AttemptKind.FAILED ? null : attempt.output();
    Long duration = attempt.durationMs();
    add(
        spanId("chat"),
        null,
        "openai.chat.completion",
        status(attempt.error()),
        chatAttributes(attempt.input(), output, attempt.model().modelId()),
        attempt.startedAt(),
        duration == null ? null : attempt.startedAt() + duration);
  }

  private String recordedChat(Span span) {
    String model = span.modelId() == null ? attempt.model().modelId() : span.modelId();
    String input = span.input() == null ? attempt.input() : span.input();
    String id = spanId(span.id());
    addRecorded(
        id, null, "openai.chat.completion", chatAttributes(input, span.output(), model), span);
    return id;
  }

  /** Child of the model call before it, where TraceToMessages looks for tool calls. */
  private void tool(Span span, @Nullable String chat) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("tool.name", span.toolName() == null ? "unknown" : span.toolName());
    attributes.put("tool.parameters", span.toolArgs() == null ? "{}" : span.toolArgs());
    attributes.put("tool.call.id", span.id());
    attributes.put("tool.call.type", "function");
    putKnown(attributes, "tool.result", span.toolResult());
    addRecorded(spanId(span.id()), chat, "tool_call", attributes, span);
  }

  private void step(Span span) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("agentlightning.operation.name", span.type());
    putKnown(attributes, "agentlightning.operation.input", span.input());
    putKnown(attributes, "agentlightning.operation.output", span.output());
    addRecorded(spanId(span.id()), null, "agentlightning.operation", attributes, span);
  }

  private void reward(Score score) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("agentlightning.reward.0.name", "primary");
    attributes.put("agentlightning.reward.0.value", score.reward());
    attributes.put("lightning_bridge.score", score.value());
    putKnown(attributes, "lightning_bridge.comment", score.comment());
    add(
        spanId("reward"),
        null,
        "agentlightning.annotation",
        status(null),
        attributes,
        score.at(),
        score.at());
  }

  /** The sampling parameters are those that were sent; top_p is only stored by Training Camp. */
  private Map<String, Object> chatAttributes(String input, @Nullable String output, String model) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("gen_ai.operation.name", "chat");
    attributes.put("gen_ai.request.model", model);
    putKnown(attributes, "gen_ai.request.temperature", attempt.model().temperature());
    putKnown(attributes, "gen_ai.request.max_tokens", attempt.model().maxTokens());
    int n = 0;
    if (attempt.systemPrompt() != null) {
      message(attributes, "gen_ai.prompt." + n++, "system", attempt.systemPrompt());
    }
    message(attributes, "gen_ai.prompt." + n, "user", input);
    if (output != null) {
      message(attributes, "gen_ai.completion.0", "assistant", output);
    }
    return attributes;
  }

  private static void message(Map<String, Object> to, String at, String role, String content) {
    to.put(at + ".role", role);
    to.put(at + ".content", content);
  }

  private static void putKnown(Map<String, Object> to, String name, @Nullable Object value) {
    if (value != null) {
      to.put(name, value);
    }
  }

  private static Status status(@Nullable String error) {
    return error == null ? new Status("OK", null) : new Status("ERROR", error);
  }

  /** The database notes when a step ended and how long it took. */
  private void addRecorded(
      String id, @Nullable String parent, String name, Map<String, Object> attributes, Span span) {
    long took = span.durationMs() == null ? 0 : span.durationMs();
    add(
        id,
        parent,
        name,
        status(span.toolError()),
        attributes,
        span.createdAt() - took,
        span.createdAt());
  }

  private void add(
      String id,
      @Nullable String parent,
      String name,
      Status status,
      Map<String, Object> attributes,
      long start,
      @Nullable Long end) {
    rows.add(
        new SpanRow(
            rolloutId,
            attempt.id(),
            rows.size() + 1,
            traceId,
            id,
            parent,
            name,
            status,
            attributes,
            List.of(),
            List.of(),
            LightningRows.seconds(start),
            end == null ? null : LightningRows.seconds(end),
            context(id),
            parent == null ? null : context(parent),
            new OtelResource(resource(), "")));
  }

  /** In an order of its own, so that each export has the same bytes. */
  private Map<String, String> resource() {
    Map<String, String> resource = new LinkedHashMap<>();
    resource.put("agentlightning.rollout_id", rolloutId);
    resource.put("agentlightning.attempt_id", attempt.id());
    return resource;
  }

  private SpanContext context(String spanId) {
    return new SpanContext(traceId, spanId, false, Map.of());
  }

  private String spanId(String within) {
    return TextHash.of(attempt.id(), within).hex().substring(0, 16);
  }
}
