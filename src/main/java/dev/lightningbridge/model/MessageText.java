package dev.lightningbridge.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** What a choice says in the model's own words, as it came. */
final class MessageText {
  private static final Set<String> TEXTS = Set.of("text", "output_text");
  private static final char UNREADABLE = '\uFFFD';

  private MessageText() {}

  /**
   * The text of {@code message.content}, a string or a list of parts, or the {@code text} of a
   * {@code text_completion}; empty where there is none. Of parts the texts count, in their order;
   * thinking and parts of unknown types are no text.
   *
   * @throws ModelException MALFORMED_ANSWER where there is no message, or content of no known form
   */
  static String of(JsonNode choice) throws ModelException {
    JsonNode message = choice.path("message");
    JsonNode content = message.path("content");
    if (content.isMissingNode() && choice.path("text").isTextual()) {
      return choice.path("text").textValue();
    }
    if (!message.isObject()) {
      throw CompletionBody.malformed("a choice without a message", null);
    }
    if (content.isArray()) {
      StringBuilder text = new StringBuilder();
      content.forEach(part -> text.append(ofPart(part)));
      return text.toString();
    }
    if (content.isTextual() || content.isMissingNode() || content.isNull()) {
      return content.asText("");
    }
    throw CompletionBody.malformed("a message whose content is no text", null);
  }

  private static String ofPart(JsonNode part) {
    boolean text =
        TEXTS.contains(part.path("type").asText("")) && !part.path("thought").asBoolean(false);
    return part.isTextual() ? part.textValue() : text ? textual(part.path("text")) : "";
  }

  /** Why the model declined, by the API's own member for that; empty where it did not. */
  static String refusal(JsonNode message) {
    StringBuilder refusal = new StringBuilder(textual(message.path("refusal")));
    for (JsonNode part : message.path("content")) {
      if (part.path("type").asText("").equals("refusal")) {
        refusal.append(textual(part.path("refusal")));
      }
    }
    return refusal.toString().strip();
  }

  private static String textual(JsonNode node) {
    return node.isTextual() ? node.textValue() : "";
  }

  /** Whether there is nothing in the text that could be seen. */
  static boolean isBlank(String text) {
    return text.codePoints().allMatch(MessageText::isUnseen);
  }

  private static boolean isUnseen(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT
        || Character.getType(c) == Character.SURROGATE;
  }

  /** The text with a mark in the place of what databases and other programs stumble over. */
  static String readable(String text) {
    StringBuilder readable = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c == 0 || Character.getType(c) == Character.SURROGATE ? UNREADABLE : c)
        .forEach(readable::appendCodePoint);
    return readable.toString();
  }
}
