package dev.lightningbridge.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.ModelException.Kind;
import org.jspecify.annotations.Nullable;

/** Reads what an endpoint sent with status 200, as one JSON object or as a stream of events. */
final class CompletionBody {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private CompletionBody() {}

  /**
   * The answer in it, see {@link CompletionAnswer}.
   *
   * @param type the content type; the body decides where it is missing or a wrong one
   * @throws ModelException MALFORMED_ANSWER where the body is neither, and as the answer says
   */
  static ChatAnswer answer(ChatRequest request, String type, String body) throws ModelException {
    // Some send empty lines while a request waits for its turn.
    String text = (body.startsWith(BYTE_ORDER_MARK) ? body.substring(1) : body).strip();
    boolean stream =
        type.contains("text/event-stream") ? !text.startsWith("{") : EventStream.is(text);
    return CompletionAnswer.of(request, stream ? EventStream.completion(text) : object(type, text));
  }

  private static ObjectNode object(String type, String text) throws ModelException {
    if (text.isEmpty()) {
      throw malformed("with an empty body", null);
    }
    JsonNode json = json(text);
    if (json instanceof ObjectNode object) {
      return object;
    }
    // Gemini's lists of one error.
    if (json != null && json.path(0) instanceof ObjectNode first && first.has("error")) {
      return first;
    }
    if (json != null) {
      throw malformed("JSON, but no object", null);
    }
    // Without the parser's own words: they repeat the text.
    throw malformed(
        text.startsWith("{") || text.startsWith("[")
            ? "what is no JSON"
            : "%s, which is no JSON: %s"
                .formatted(type.isEmpty() ? "a text" : type, EndpointFailure.said(text)),
        null);
  }

  private static @Nullable JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  static ModelException malformed(String what, @Nullable Throwable cause) {
    return new ModelException(Kind.MALFORMED_ANSWER, "The endpoint answered " + what, null, cause);
  }
}
