package dev.lightningbridge.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.ModelException.Kind;
import org.jspecify.annotations.Nullable;

/** Reads the body of a chat completion, and takes for an answer only what is one. */
final class CompletionBody {
  private CompletionBody() {}

  /**
   * @throws ModelException MALFORMED_ANSWER where it holds no usable choice, REFUSED where the
   *     model or a filter declined
   */
  static ChatAnswer answer(ChatRequest request, String body) throws ModelException {
    ObjectNode completion = object(body);
    JsonNode choice = completion.path("choices").path(0);
    if (!choice.isObject()) {
      throw malformed(
          completion.hasNonNull("error")
              ? "an error and no choices: " + EndpointFailure.said(body)
              : "no choices",
          null);
    }
    JsonNode message = choice.path("message");
    String finish = choice.path("finish_reason").asText("");
    if (message.path("refusal").isTextual() && !message.path("refusal").asText().isBlank()) {
      throw refused(EndpointFailure.said(message.path("refusal").asText()));
    }
    if (finish.equals("content_filter")) {
      throw refused("a content filter cut the answer off");
    }
    if (!message.isObject()) {
      throw malformed("a choice without a message", null);
    }
    boolean calls = !message.path("tool_calls").isEmpty() || message.hasNonNull("function_call");
    if (!message.hasNonNull("content") && !calls) {
      throw malformed("neither text nor tool calls (finish_reason: " + finish + ")", null);
    }
    return new ChatAnswer(completion, TokenEstimate.usage(request.body(), completion));
  }

  private static ObjectNode object(String body) throws ModelException {
    try {
      if (Json.mapper().readTree(body) instanceof ObjectNode object) {
        return object;
      }
      throw malformed("JSON, but no object", null);
    } catch (JsonProcessingException e) {
      // Without the parser's own words: they repeat the text.
      throw malformed("what is no JSON", null);
    }
  }

  static ModelException malformed(String what, @Nullable Throwable cause) {
    return new ModelException(Kind.MALFORMED_ANSWER, "The endpoint answered " + what, null, cause);
  }

  private static ModelException refused(String why) {
    return new ModelException(Kind.REFUSED, "The model declined: " + why);
  }
}
