package dev.lightningbridge.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.lightningbridge.common.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An error in the form of OpenAI's, which its clients turn into their own exceptions. They are
 * asked not to try again: the gateway has done so as far as it makes sense. Beside what OpenAI's
 * hold stands {@code remedy}, what a person can do about it.
 */
final class EndpointError extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final String code;
  private final String remedy;
  private final @Nullable Long retryAfterMs;

  EndpointError(int status, String type, String code, @Nullable String message) {
    this(status, type, code, message, "", null);
  }

  private EndpointError(
      int status,
      String type,
      String code,
      @Nullable String message,
      String remedy,
      @Nullable Long retryAfterMs) {
    super(message);
    this.remedy = remedy;
    this.status = status;
    this.type = type;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }

  static EndpointError invalid(int status, String code, String message) {
    return new EndpointError(status, "invalid_request_error", code, message);
  }

  /**
   * The status by which a client tells the kinds apart; none of those for the model's own troubles
   * can be taken for trouble with the endpoint's token.
   */
  static EndpointError of(ModelException e) {
    return switch (e.kind()) {
      case BUDGET_EXHAUSTED -> of(e, 402, "insufficient_quota", "budget_exhausted");
      case CANCELLED -> of(e, 499, "server_error", "cancelled");
      case RATE_LIMITED -> of(e, 429, "rate_limit_error", "rate_limit_exceeded");
      case SERVER_ERROR -> of(e, 502, "server_error", "upstream_error");
      case NETWORK -> of(e, 502, "server_error", "upstream_unreachable");
      case UNREACHABLE -> of(e, 502, "server_error", "upstream_not_reached");
      case MALFORMED_ANSWER -> of(e, 502, "server_error", "upstream_malformed");
      case EMPTY_ANSWER -> of(e, 502, "server_error", "upstream_empty");
      case CUT_OFF -> of(e, 502, "server_error", "upstream_cut_off");
      case TIMEOUT -> of(e, 504, "server_error", "upstream_timeout");
      case CIRCUIT_OPEN -> of(e, 503, "server_error", "circuit_open");
      case UNAUTHORIZED -> of(e, 403, "invalid_request_error", "upstream_unauthorized");
      case MODEL_NOT_FOUND -> of(e, 404, "invalid_request_error", "model_not_found");
      case BAD_REQUEST -> of(e, 400, "invalid_request_error", "invalid_request");
      case LIMIT_RAISED -> of(e, 502, "server_error", "upstream_cut_off");
      case SAID_NOTHING -> of(e, 502, "server_error", "upstream_said_nothing");
      case CONTEXT_TOO_LONG -> of(e, 400, "invalid_request_error", "context_length_exceeded");
      case REFUSED -> of(e, 400, "invalid_request_error", "content_filter");
    };
  }

  private static EndpointError of(ModelException e, int status, String type, String code) {
    return new EndpointError(status, type, code, e.getMessage(), e.remedy(), e.retryAfterMs());
  }

  void send(HttpExchange exchange) throws IOException {
    ObjectNode body = Json.mapper().createObjectNode();
    body.putObject("error")
        .put("message", getMessage())
        .put("type", type)
        .putNull("param")
        .put("code", code)
        .put("remedy", remedy);
    byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("x-should-retry", "false");
    if (retryAfterMs != null) {
      exchange.getResponseHeaders().set("Retry-After", String.valueOf((retryAfterMs + 999) / 1000));
    }
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
