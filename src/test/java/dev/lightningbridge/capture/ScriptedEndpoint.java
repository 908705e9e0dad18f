package dev.lightningbridge.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lightningbridge.common.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** An endpoint whose model's name says how it behaves. */
final class ScriptedEndpoint {
  /** Of {@code stream}, after whose first event it waits for a call of {@code /go}. */
  static final List<String> EVENTS =
      List.of(
          "data: {\"id\":\"c1\",\"model\":\"stream\",\"choices\":[{\"index\":0,\"delta\":"
              + "{\"role\":\"assistant\",\"content\":\"Hel\"}}]}\n\n",
          ": a comment\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo é\"},"
              + "\"finish_reason\":\"stop\"}]}\r\n\r\ndata: [DONE]\n\n");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore go = new Semaphore(0);

  ScriptedEndpoint() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", this::complete);
    server.createContext("/v1/models", e -> json(e, 200, "{\"object\":\"list\",\"data\":[]}"));
    server.createContext(
        "/go",
        e -> {
          go.release();
          json(e, 200, "{}");
        });
  }

  void start() {
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void complete(HttpExchange exchange) throws IOException {
    JsonNode body = Json.mapper().readTree(exchange.getRequestBody().readAllBytes());
    JsonNode messages = body.path("messages");
    exchange.getResponseHeaders().set("Set-Cookie", "of=theirs");
    exchange.getResponseHeaders().set("X-Endpoint", "yes");
    exchange
        .getResponseHeaders()
        .set(
            "X-Saw",
            "%s %s"
                .formatted(
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    exchange.getRequestHeaders().getFirst("X-Trace-Id")));
    switch (body.path("model").asText()) {
      case "events" -> {
        go.release();
        stream(exchange);
      }
      case "stream" -> stream(exchange);
      case "fails" -> {
        exchange.getResponseHeaders().set("Retry-After", "7");
        json(exchange, 429, "{\"error\": {\"message\": \"slow down\"}}");
      }
      case "breaks" -> {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 1_000);
        exchange.getResponseBody().write("{\"choices\": [".getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
        throw new IOException("the connection ends in the middle of the answer");
      }
      case "calls" ->
          json(
              exchange,
              200,
              """
              {"model": "calls", "choices": [{"index": 0, "finish_reason": "tool_calls",
                "message": {"role": "assistant", "content": null, "tool_calls": [{"id": "t1",
                "type": "function", "function": {"name": "look_up", "arguments": "{\\"n\\": 1}"}}]}
              }]}""");
      default ->
          json(
              exchange,
              200,
              Json.write(
                  Map.of(
                      "model",
                      "echo-1",
                      "choices",
                      List.of(
                          Map.of(
                              "index",
                              0,
                              "finish_reason",
                              "stop",
                              "message",
                              Map.of(
                                  "role",
                                  "assistant",
                                  "content",
                                  "Re: "
                                      + messages
                                          .path(messages.size() - 1)
                                          .path("content")
                                          .asText()))),
                      "usage",
                      Map.of("prompt_tokens", 12, "completion_tokens", 3))));
    }
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(EVENTS.get(0).getBytes(StandardCharsets.UTF_8));
      out.flush();
      if (!go.tryAcquire(30, TimeUnit.SECONDS)) {
        throw new IOException("nobody read the first event");
      }
      out.write(EVENTS.get(1).getBytes(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void json(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
