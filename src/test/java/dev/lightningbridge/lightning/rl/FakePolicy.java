package dev.lightningbridge.lightning.rl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lightningbridge.common.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Stands where vLLM does: an OpenAI endpoint that tells token ids, one a byte. */
final class FakePolicy implements AutoCloseable {
  final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final Function<String, String> answer;

  /**
   * @param answer to the last message
   */
  FakePolicy(Function<String, String> answer) throws IOException {
    this.answer = answer;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/chat/completions", this::complete);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void complete(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = Json.mapper().readTree(exchange.getRequestBody());
      requests.add(request);
      JsonNode messages = request.path("messages");
      String text = answer.apply(messages.path(messages.size() - 1).path("content").asText());
      ObjectNode body = Json.mapper().createObjectNode().put("object", "chat.completion");
      body.set("prompt_token_ids", tokens(messages.toString()));
      ObjectNode choice = body.putArray("choices").addObject().put("finish_reason", "stop");
      choice.put("index", 0).putObject("message").put("role", "assistant").put("content", text);
      choice.set("token_ids", tokens(text));
      byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static ArrayNode tokens(String text) {
    ArrayNode tokens = Json.mapper().createArrayNode();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      tokens.add(b & 0xff);
    }
    return tokens;
  }
}
