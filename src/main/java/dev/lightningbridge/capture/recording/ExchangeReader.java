package dev.lightningbridge.capture.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.CapturedCall;
import dev.lightningbridge.model.ChatAnswer;
import dev.lightningbridge.model.ModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes of an exchange the call that it was, with every text masked. */
final class ExchangeReader {
  private ExchangeReader() {}

  /** A call that cannot be recorded. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    private final Unrecorded why;

    Unreadable(Unrecorded why, @Nullable Throwable cause) {
      super(why.word(), cause);
      this.why = why;
    }

    Unrecorded why() {
      return why;
    }
  }

  static CapturedCall read(Exchange exchange) throws Unreadable {
    Masks masks = exchange.agent().masks();
    ObjectNode call = call(exchange, masks);
    Turns turns = Turns.of(call.path("messages"));
    if (turns.prompt().isBlank()) {
      throw new Unreadable(Unrecorded.NO_PROMPT, null);
    }
    if (turns.input().isBlank()) {
      throw new Unreadable(Unrecorded.NO_INPUT, null);
    }
    ChatAnswer answer = answer(exchange, call);
    JsonNode message = masks.masked(answer.body().path("choices").path(0).path("message"));
    JsonNode toolCalls = message.path("tool_calls");
    String text = message.path("content").asText("");
    Map<String, Object> kept = kept(exchange, call, turns, masks);
    if (!text.isBlank() && !toolCalls.isEmpty()) {
      kept.put("toolCalls", toolCalls.toString());
    }
    boolean counted = !answer.usage().estimated();
    return new CapturedCall(
        exchange.attemptId(),
        exchange.traceId(),
        turns.prompt(),
        turns.input(),
        text.isBlank() ? toolCalls.toString() : text,
        masks.masked(answer.body().path("model").asText(call.path("model").asText("unknown"))),
        exchange.at(),
        exchange.durationMs(),
        counted ? answer.usage().promptTokens() : null,
        counted ? answer.usage().completionTokens() : null,
        names(toolCalls),
        kept);
  }

  private static ObjectNode call(Exchange exchange, Masks masks) throws Unreadable {
    try {
      if (masks.masked(Json.outside().readTree(exchange.call())) instanceof ObjectNode call) {
        return call;
      }
      throw new Unreadable(Unrecorded.NO_INPUT, null);
    } catch (JsonProcessingException e) {
      throw new Unreadable(Unrecorded.NO_INPUT, e);
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory are always there", e);
    }
  }

  private static ChatAnswer answer(Exchange exchange, ObjectNode call) throws Unreadable {
    try {
      return ChatAnswer.read(
          call, exchange.contentType(), new String(exchange.answer(), StandardCharsets.UTF_8));
    } catch (ModelException e) {
      throw new Unreadable(Unrecorded.NO_ANSWER, e);
    }
  }

  private static Map<String, Object> kept(
      Exchange exchange, ObjectNode call, Turns turns, Masks masks) {
    Map<String, Object> kept = new LinkedHashMap<>();
    if (exchange.traceId() != null) {
      kept.put("traceId", masks.masked(exchange.traceId()));
    }
    ArrayNode messages = turns.conversation();
    if (messages != null) {
      kept.put("messages", messages.toString());
    }
    for (String name : List.of("temperature", "max_tokens", "max_completion_tokens", "top_p")) {
      if (call.path(name).isNumber()) {
        kept.put(name, call.path(name).asDouble());
      }
    }
    List<String> offered = names(call.path("tools"));
    if (!offered.isEmpty()) {
      kept.put("tools", offered);
    }
    return kept;
  }

  /** The names of functions that are offered, or called. */
  private static List<String> names(JsonNode tools) {
    List<String> names = new ArrayList<>();
    tools.forEach(
        tool -> {
          String name = tool.path("function").path("name").asText("");
          if (!name.isEmpty()) {
            names.add(name);
          }
        });
    return names;
  }
}
