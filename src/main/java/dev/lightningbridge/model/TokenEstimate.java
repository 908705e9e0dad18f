package dev.lightningbridge.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * Tokens of texts without the model's tokenizer: rather too many than too few, so that a
 * reservation made with them holds. English has about four characters a token, code three; a
 * character of other scripts is at worst a token, one outside the basic plane two.
 */
public final class TokenEstimate {
  /** What is reserved for an answer where the request sets no maximum. */
  public static final long DEFAULT_COMPLETION = 2_048;

  private static final Set<String> LABELS = Set.of("role", "type", "id", "finish_reason");
  private static final long PER_OBJECT = 4;
  private static final long PER_ATTACHMENT = 2_000;

  private TokenEstimate() {}

  public static long of(String text) {
    if (text.startsWith("data:")) {
      return PER_ATTACHMENT;
    }
    long ascii = 0;
    long tokens = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 128) {
        ascii++;
      } else {
        tokens++;
      }
    }
    return tokens + (ascii + 2) / 3;
  }

  /** The tokens of a request: messages, tools and all. */
  public static long prompt(ObjectNode request) {
    return inside(request);
  }

  /** The most tokens that the answer may have by the request; the default where it says nothing. */
  public static long completionLimit(ObjectNode request) {
    long limit =
        request
            .path("max_completion_tokens")
            .asLong(request.path("max_tokens").asLong(DEFAULT_COMPLETION));
    return Math.clamp(limit, 0L, 10_000_000L) * Math.clamp(request.path("n").asInt(1), 1, 128);
  }

  /** A request's tokens, and as many of its answer as there may be. */
  static Usage whole(ObjectNode request) {
    return new Usage(prompt(request), completionLimit(request), true);
  }

  /** The usage that the answer states; what it leaves out is estimated from the texts. */
  public static Usage usage(ObjectNode request, ObjectNode answer) {
    JsonNode choices = answer.path("choices");
    return StatedUsage.of(answer.path("usage")).or(prompt(request), inside(choices), says(choices));
  }

  /** Whether there is a text in it, beside those that only say what is what. */
  private static boolean says(JsonNode node) {
    if (node.isTextual()) {
      return !node.textValue().isEmpty();
    }
    if (node.isArray()) {
      for (JsonNode child : node) {
        if (says(child)) {
          return true;
        }
      }
      return false;
    }
    return node.properties().stream()
        .anyMatch(field -> !LABELS.contains(field.getKey()) && says(field.getValue()));
  }

  private static long inside(JsonNode node) {
    if (node.isTextual()) {
      return of(node.textValue());
    }
    long tokens = node.isContainerNode() ? PER_OBJECT : 1;
    for (JsonNode child : node) {
      tokens += inside(child);
    }
    return tokens;
  }
}
