package dev.lightningbridge.model;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A chat completion that was made: the OpenAI response body, with at least one choice. */
public record ChatAnswer(ObjectNode body, Usage usage) {
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
