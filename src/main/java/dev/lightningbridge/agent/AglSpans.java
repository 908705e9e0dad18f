package dev.lightningbridge.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.ControlText;
import java.util.List;
import java.util.Optional;

/** Reads what an agent said from the spans of its rollout: semconv.py and emitter/message.py. */
final class AglSpans {
  private static final String MESSAGE = "agentlightning.message.body";
  private static final String COMPLETION = "gen_ai.completion.0.content";
  private static final String EXCEPTION = "exception.message";
  private static final int TOLD = 200;

  private AglSpans() {}

  /** The last message that it emitted; where there is none, its last chat completion's text. */
  static Optional<String> output(List<JsonNode> spans) {
    return last(spans, MESSAGE).or(() -> last(spans, COMPLETION));
  }

  private static Optional<String> last(List<JsonNode> spans, String attribute) {
    return spans.reversed().stream()
        .map(span -> span.path("attributes").path(attribute))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .findFirst();
  }

  /** The message of the last exception, where a span tells of one. */
  static Optional<String> exception(List<JsonNode> spans) {
    return last(spans, EXCEPTION)
        .or(
            () ->
                spans.reversed().stream()
                    .flatMap(span -> span.findValues(EXCEPTION).stream())
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::textValue)
                    .findFirst())
        .map(ControlText::onOneLine)
        .map(text -> text.substring(0, Math.min(TOLD, text.length())));
  }
}
