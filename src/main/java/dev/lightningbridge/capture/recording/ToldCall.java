package dev.lightningbridge.capture.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.CapturedCall;
import dev.lightningbridge.corpus.ToolUse;
import dev.lightningbridge.imports.OtlpPairs;
import dev.lightningbridge.imports.OtlpSpan;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call that a span tells of, with the spans of the tools that ran after it. The same span makes
 * the same attempt, however often an exporter sends it.
 */
public record ToldCall(CapturedAgent agent, OtlpSpan span, List<OtlpSpan> tools, long bytes)
    implements Recordable, OtlpPairs.Told<ToldCall> {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "gen_ai.request.temperature", "temperature",
          "gen_ai.request.max_tokens", "max_tokens",
          "gen_ai.request.top_p", "top_p");

  @Override
  public @Nullable String traceId() {
    String trace = span.member("traceId");
    return trace.isEmpty() ? null : trace;
  }

  @Override
  public CapturedCall read() throws Unreadable {
    Masks masks = agent.masks();
    ObjectNode call = Json.mapper().createObjectNode();
    var words = span.words();
    call.set("messages", masks.masked(words.messages()));
    SETTINGS.forEach(
        (attribute, name) -> {
          JsonNode value = span.attributes().get(attribute);
          if (value != null) {
            call.set(name, value);
          }
        });
    JsonNode model = span.model();
    return new SaidCall(
            call,
            masks.masked(words.reply()),
            masks.masked(model == null ? "unknown" : model.asText()))
        .from(
            new SaidCall.Origin(
                attemptId(),
                traceId(),
                span.startMs() > 0 ? span.startMs() : System.currentTimeMillis(),
                span.durationMs()),
            new SaidCall.Tokens(tokens("input", "prompt"), tokens("output", "completion")),
            tools.stream().map(tool -> use(tool, masks)).toList(),
            kept(masks));
  }

  @Override
  public String key() {
    return OtlpPairs.key(agent.name(), span.member("traceId"), span.member("spanId"));
  }

  @Override
  public ToldCall with(OtlpSpan known, long more) {
    return new ToldCall(agent, known, tools, bytes + more);
  }

  String attemptId() {
    String id = span.member("traceId") + "/" + span.member("spanId");
    return attemptId(agent, id.length() > 1 ? id : span.node().toString());
  }

  /**
   * The attempt that a span's call is.
   *
   * @param span the ids of its trace and of itself, parted by a stroke
   */
  static String attemptId(CapturedAgent agent, String span) {
    return UUID.nameUUIDFromBytes((agent.name() + "/" + span).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  private Map<String, Object> kept(Masks masks) {
    Map<String, Object> kept = new LinkedHashMap<>();
    for (String member : List.of("traceId", "spanId", "parentSpanId", "name")) {
      String value = span.member(member);
      if (!value.isEmpty()) {
        kept.put(member.equals("name") ? "spanName" : member, masks.masked(value));
      }
    }
    return kept;
  }

  /** By the name of today's conventions, or by that of earlier ones. */
  private @Nullable Long tokens(String name, String earlier) {
    for (String one : List.of(name, earlier)) {
      JsonNode count = span.attributes().get("gen_ai.usage." + one + "_tokens");
      if (count != null && count.asLong(-1) >= 0) {
        return count.asLong();
      }
    }
    return null;
  }

  private static ToolUse use(OtlpSpan tool, Masks masks) {
    String error = tool.error();
    return new ToolUse(
        masks.masked(tool.toolName()),
        new ToolUse.Watched(
            masked(masks, tool.text("gen_ai.tool.call.arguments")),
            masked(masks, tool.text("gen_ai.tool.call.result")),
            error == null ? null : masks.masked(error),
            tool.startMs(),
            tool.durationMs()));
  }

  private static @Nullable String masked(Masks masks, String text) {
    return text.isEmpty() ? null : masks.masked(text);
  }
}
