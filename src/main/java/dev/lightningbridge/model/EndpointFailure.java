package dev.lightningbridge.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.ModelException.Kind;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint's error means. Reads the error bodies of OpenAI and Azure ({@code {"error":
 * {"message", "code"}}}), LiteLLM (the same), vLLM ({@code {"object": "error", "message"}}), Ollama
 * ({@code {"error": "text"}}) and FastAPI ({@code {"detail"}}).
 */
final class EndpointFailure {
  private static final int LONGEST_MESSAGE = 400;
  private static final Pattern TOO_LONG =
      Pattern.compile(
          "context_length_exceeded|contextwindowexceeded|maximum context length|context window"
              + "|context length|prompt is too long|too many tokens|max_model_len"
              + "|exceeds the maximum number of tokens|input token count");
  private static final Pattern FILTERED =
      Pattern.compile(
          "content_filter|content filter|content_policy|content policy|responsibleaipolicy"
              + "|content management policy|flagged");
  private static final Pattern NO_MODEL =
      Pattern.compile(
          "model_not_found|deploymentnotfound|model .{0,200}(not found|does not exist)"
              + "|invalid model name|unknown model|no such model");
  private static final Pattern NO_KEY =
      Pattern.compile("invalid_api_key|api key not valid|incorrect api key|authenticationerror");
  private static final Pattern NO_QUOTA =
      Pattern.compile(
          "insufficient_quota|credit balance|insufficient balance|billing_hard_limit"
              + "|billing_not_active|payment required");

  private EndpointFailure() {}

  /**
   * @param body what the endpoint sent, of any form
   * @param key to say in the message whether one was sent
   */
  static ModelException of(int status, String body, @Nullable Long retryAfterMs, ApiKey key) {
    String said = said(body);
    Kind kind = kind(status, body.toLowerCase(Locale.ROOT));
    String message = "The endpoint answered %d: %s".formatted(status, said);
    if (kind == Kind.UNAUTHORIZED) {
      message += " (key: " + key.source() + ")";
    }
    return new ModelException(kind, message, retryAfterMs, null);
  }

  private static Kind kind(int status, String body) {
    if (status == 402 || (status < 500 && has(NO_QUOTA, body))) {
      // An account without money is as good as a wrong key: no use in asking again.
      return Kind.UNAUTHORIZED;
    }
    return switch (status) {
      case 401, 403 -> has(FILTERED, body) ? Kind.REFUSED : Kind.UNAUTHORIZED;
      case 404 -> Kind.MODEL_NOT_FOUND;
      case 408, 504 -> Kind.TIMEOUT;
      case 429 -> Kind.RATE_LIMITED;
      case 409, 425 -> Kind.SERVER_ERROR;
      default -> {
        if (status >= 500) {
          yield Kind.SERVER_ERROR;
        }
        if (has(TOO_LONG, body)) {
          yield Kind.CONTEXT_TOO_LONG;
        }
        if (has(FILTERED, body)) {
          yield Kind.REFUSED;
        }
        if (has(NO_MODEL, body)) {
          yield Kind.MODEL_NOT_FOUND;
        }
        yield has(NO_KEY, body) ? Kind.UNAUTHORIZED : Kind.BAD_REQUEST;
      }
    };
  }

  private static boolean has(Pattern pattern, String text) {
    return pattern.matcher(text.substring(0, Math.min(text.length(), 20_000))).find();
  }

  /** The error's words on one line, shortened. */
  static String said(String body) {
    String text = body;
    try {
      JsonNode json = Json.mapper().readTree(body);
      for (String path : new String[] {"/error/message", "/error", "/message", "/detail"}) {
        JsonNode node = json.at(path);
        if (node.isTextual() && !node.textValue().isBlank()) {
          text = node.textValue();
          break;
        }
      }
    } catch (JsonProcessingException e) {
      // An HTML page of a proxy, most likely: its beginning says enough.
    }
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    if (line.isEmpty()) {
      return "(nothing)";
    }
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + " …";
  }
}
