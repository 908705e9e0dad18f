package dev.lightningbridge.capture.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.CapturedCall;
import dev.lightningbridge.model.ChatAnswer;
import dev.lightningbridge.model.ModelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Makes of an exchange the call that it was, with every text masked. */
final class ExchangeReader {
  private ExchangeReader() {}

  static CapturedCall read(Exchange exchange) throws Unreadable {
    Masks masks = exchange.agent().masks();
    ObjectNode call = call(exchange, masks);
    ChatAnswer answer = answer(exchange, call);
    JsonNode message = masks.masked(answer.body().path("choices").path(0).path("message"));
    String model = answer.body().path("model").asText(call.path("model").asText("unknown"));
    String trace = exchange.traceId();
    boolean counted = !answer.usage().estimated();
    return new SaidCall(call, message, masks.masked(model))
        .from(
            new SaidCall.Origin(exchange.attemptId(), trace, exchange.at(), exchange.durationMs()),
            new SaidCall.Tokens(
                counted ? answer.usage().promptTokens() : null,
                counted ? answer.usage().completionTokens() : null),
            List.of(),
            trace == null ? Map.of() : Map.of("traceId", masks.masked(trace)));
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
}
