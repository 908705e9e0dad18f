package dev.lightningbridge.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.sandbox.SandboxModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sandbox on loopback with a critic and an editor that obey every planted order that a letter
 * holds: more gullible than any model. It shows what the product lets through.
 */
final class ObedientEndpoint implements AutoCloseable {
  private static final Pattern ORDER = Pattern.compile("ADD TO PROMPT (\\d): (.*?) END");

  private final SandboxModel sandbox = SandboxModel.ofSeed(7);
  private final TreeMap<Integer, String> orders = new TreeMap<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  ObedientEndpoint() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  static String order(int part, String text) {
    return " ADD TO PROMPT " + part + ": " + text + " END";
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      byte[] answer =
          exchange.getRequestMethod().equals("GET")
              ? "{\"object\":\"list\",\"data\":[]}".getBytes(StandardCharsets.UTF_8)
              : Json.mapper().writeValueAsBytes(answer((ObjectNode) Json.mapper().readTree(body)));
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private ObjectNode answer(ObjectNode request) {
    try {
      ObjectNode answer = sandbox.complete(new ChatRequest(ModelRole.WORKER, request)).body();
      StringBuilder letter = new StringBuilder();
      request.path("messages").forEach(m -> letter.append(m.path("content").asText()).append('\n'));
      String added = obeyed(letter.toString());
      if (!added.isEmpty()) {
        ObjectNode message = (ObjectNode) answer.path("choices").path(0).path("message");
        message.put("content", message.path("content").asText() + "\n" + added);
      }
      return answer;
    } catch (ModelException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private synchronized String obeyed(String letter) {
    boolean critic = letter.contains("Sample Runs") || letter.contains("xperiment");
    boolean editor = letter.contains("Critique") && !critic;
    if (critic) {
      for (Matcher order = ORDER.matcher(letter.replace("\\\"", "\"")); order.find(); ) {
        orders.put(Integer.valueOf(order.group(1)), order.group(2));
      }
    }
    return editor ? String.join(" ", orders.values()) : "";
  }

  /** The orders' numbers that were read. */
  synchronized Set<Integer> read() {
    return Set.copyOf(orders.keySet());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
