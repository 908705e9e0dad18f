package dev.lightningbridge.capture;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A model that answers every call with the same short text, at once. Its argument is its port. */
public final class BenchEndpoint {
  private static final byte[] ANSWER =
      """
      {"id": "c", "object": "chat.completion", "model": "bench", "choices": [{"index": 0,
        "message": {"role": "assistant", "content": "It is on its way and comes tomorrow."},
        "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 40, "completion_tokens": 9, "total_tokens": 49}}"""
          .getBytes(StandardCharsets.UTF_8);

  private BenchEndpoint() {}

  public static void main(String[] args) throws Exception {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])),
            256);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/v1/chat/completions",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
          } catch (IOException e) {
            // The caller went away.
          }
        });
    server.start();
    System.out.println("Listening on: " + server.getAddress().getPort());
    new CountDownLatch(1).await();
  }
}
