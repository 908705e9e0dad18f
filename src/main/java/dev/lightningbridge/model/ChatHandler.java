package dev.lightningbridge.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Answers the endpoint's requests. */
final class ChatHandler implements HttpHandler {
  private static final System.Logger LOG = System.getLogger(ChatHandler.class.getName());
  private static final Pattern LOOPBACK =
      Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d{1,5})?");

  private final ChatModel model;
  private final byte[] authorization;
  private final List<String> models;
  private final int maxRequestBytes;

  /**
   * @param token what callers must bear; empty where they need none
   */
  ChatHandler(ChatModel model, String token, List<String> models, int maxRequestBytes) {
    this.model = model;
    this.authorization =
        token.isEmpty() ? new byte[0] : ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    this.models = models;
    this.maxRequestBytes = maxRequestBytes;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        answer(exchange);
      } catch (EndpointError e) {
        e.send(exchange);
      } catch (ModelException e) {
        EndpointError.of(e).send(exchange);
      } catch (BridgeException e) {
        new EndpointError(500, "server_error", e.code().id(), e.getMessage()).send(exchange);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "a call failed unexpectedly", e);
        new EndpointError(500, "server_error", "internal_error", "Internal error").send(exchange);
      }
    }
  }

  private void answer(HttpExchange exchange) throws EndpointError, ModelException, IOException {
    checkOrigin(exchange);
    checkToken(exchange);
    String path = exchange.getRequestURI().getPath().replaceFirst("^/v1(?=/)", "");
    String wanted =
        switch (path) {
          case "/chat/completions" -> "POST";
          case "/models" -> "GET";
          default -> throw EndpointError.invalid(404, "unknown_url", "There is no " + path);
        };
    if (!exchange.getRequestMethod().equals(wanted)) {
      throw EndpointError.invalid(405, "method_not_allowed", "Use " + wanted);
    }
    if (path.equals("/models")) {
      send(exchange, "application/json", Json.write(modelList()));
    } else {
      complete(exchange);
    }
  }

  /** A page in a browser must not get here, not even by a name that it made point to loopback. */
  private static void checkOrigin(HttpExchange exchange) throws EndpointError {
    String host = header(exchange, "Host");
    String origin = header(exchange, "Origin").replaceFirst("^https?://", "");
    if (!LOOPBACK.matcher(host).matches()
        || !(origin.isEmpty() || LOOPBACK.matcher(origin).matches())) {
      throw EndpointError.invalid(
          403, "host_not_allowed", "Only callers on this machine are served");
    }
  }

  private void checkToken(HttpExchange exchange) throws EndpointError {
    byte[] given = header(exchange, "Authorization").getBytes(StandardCharsets.UTF_8);
    if (authorization.length > 0 && !MessageDigest.isEqual(authorization, given)) {
      throw new EndpointError(
          401, "invalid_request_error", "invalid_api_key", "The token is missing or wrong");
    }
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "" : value;
  }

  private void complete(HttpExchange exchange) throws EndpointError, ModelException, IOException {
    ObjectNode body = body(exchange);
    boolean stream = body.path("stream").asBoolean(false);
    boolean usage = body.path("stream_options").path("include_usage").asBoolean(false);
    // Upstream the answer is always whole: the gateway keeps it before anyone uses it.
    body.remove(List.of("stream", "stream_options"));
    ModelRole role = ModelNames.role(body.path("model").asText(""));
    ChatAnswer answer = model.complete(new ChatRequest(role, body));
    if (stream) {
      send(exchange, "text/event-stream", ChatStream.of(answer, usage));
    } else {
      send(exchange, "application/json", Json.write(answer.body()));
    }
  }

  private ObjectNode body(HttpExchange exchange) throws EndpointError, IOException {
    byte[] bytes;
    try (InputStream in = exchange.getRequestBody()) {
      bytes = in.readNBytes(maxRequestBytes + 1);
    }
    if (bytes.length > maxRequestBytes) {
      throw EndpointError.invalid(
          413,
          "request_too_large",
          String.format(Locale.ROOT, "The request is longer than %,d bytes", maxRequestBytes));
    }
    try {
      JsonNode json = Json.mapper().readTree(bytes);
      if (json instanceof ObjectNode object && object.path("messages").isArray()) {
        return object;
      }
      throw EndpointError.invalid(400, "invalid_request", "The body is no object with messages");
    } catch (JsonProcessingException e) {
      throw EndpointError.invalid(400, "invalid_json", "The body is no JSON");
    }
  }

  private ObjectNode modelList() {
    ObjectNode list = Json.mapper().createObjectNode().put("object", "list");
    ArrayNode data = list.putArray("data");
    for (String name : models) {
      data.addObject()
          .put("id", name)
          .put("object", "model")
          .put("created", 0)
          .put("owned_by", "lightning-bridge");
    }
    return list;
  }

  private static void send(HttpExchange exchange, String type, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
