package dev.lightningbridge.model;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A chat completion that was made: the OpenAI response body, with at least one choice. */
public record ChatAnswer(ObjectNode body, Usage usage) {
  /**
   * What an endpoint sent with status 200 to a worker's call: one JSON object, or a stream of
   * events. Read as the gateway reads its own answers.
   *
   * @param request the call's body
   * @param type the answer's content type; empty where it has none
   * @throws ModelException where that is no answer of the model's own, whole and readable
   */
  public static ChatAnswer read(ObjectNode request, String type, String body)
      throws ModelException {
    return CompletionBody.answer(new ChatRequest(ModelRole.WORKER, request), type, body);
  }

  /** The first choice's text; empty where it has none. */
  public String text() {
    return body.path("choices").path(0).path("message").path("content").asText("");
  }

  public String finishReason() {
    return body.path("choices").path(0).path("finish_reason").asText("");
  }

  /** Whether the limit of tokens ended the text: it is what was said until then. */
  public boolean cutOff() {
    return FinishReason.of(finishReason()) == FinishReason.LENGTH;
  }
}
