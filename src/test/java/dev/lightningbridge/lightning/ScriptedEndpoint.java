package dev.lightningbridge.lightning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.ModelEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An OpenAI-compatible endpoint on loopback that answers by a script and remembers the requests.
 */
final class ScriptedEndpoint implements AutoCloseable {
  private static final String TOKEN = "token-of-the-run";

  /** What is answered: a text with status 200, or an error. */
  record Answer(int status, String text, String errorCode) {
    static Answer text(String text) {
      return new Answer(200, text, "");
    }

    static Answer error(int status, String code) {
      return new Answer(status, "as scripted", code);
    }
  }

  /** Answers a request. */
  interface Script {
    Answer answer(String model, String text) throws InterruptedException;
  }

  private final List<ObjectNode> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Script script;

  ScriptedEndpoint(Script script) throws IOException {
    this.script = script;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", this::handle);
    server.start();
  }

  ModelEndpoint endpoint() {
    return new ModelEndpoint(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1"), TOKEN);
  }

  /** The texts of the requests to a model, all messages of each joined. */
  List<String> textsTo(String model) {
    return requests.stream()
        .filter(request -> request.path("model").asText().equals(model))
        .map(ScriptedEndpoint::text)
        .toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      ObjectNode request = (ObjectNode) Json.mapper().readTree(exchange.getRequestBody());
      Answer answer = Answer.error(401, "invalid_api_key");
      if (("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        requests.add(request);
        answer = script.answer(request.path("model").asText(), text(request));
      }
      byte[] body = Json.mapper().writeValueAsBytes(body(request, answer));
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ObjectNode body(ObjectNode request, Answer answer) {
    ObjectNode body = Json.mapper().createObjectNode();
    if (answer.status() != 200) {
      body.putObject("error").put("message", answer.text()).put("code", answer.errorCode());
      return body;
    }
    body.put("id", "x").put("object", "chat.completion").put("created", 0);
    body.put("model", request.path("model").asText());
    ObjectNode choice = body.putArray("choices").addObject();
    choice.put("index", 0).put("finish_reason", "stop");
    choice.putObject("message").put("role", "assistant").put("content", answer.text());
    return body;
  }

  private static String text(ObjectNode request) {
    StringBuilder text = new StringBuilder();
    request.path("messages").forEach(m -> text.append(m.path("content").asText()).append("\n\n"));
    return text.toString();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
