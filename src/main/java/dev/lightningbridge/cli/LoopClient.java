package dev.lightningbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.server.ApiError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an application, or the server's owner, asks of a server by HTTP. */
final class LoopClient implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI server;
  private final String token;

  LoopClient(URI server, String token) {
    this.server = server;
    this.token = token;
  }

  /**
   * An answer of the application's model.
   *
   * @param attemptId by which it is scored
   */
  record Said(String output, String attemptId) {}

  /** A call as any client of OpenAI makes it. */
  Said ask(String agent, String prompt, String input) throws InterruptedException {
    HttpResponse<String> answer =
        send(
            "/capture/" + agent + "/v1/chat/completions",
            Map.of(
                "model",
                "sandbox",
                "messages",
                List.of(
                    Map.of("role", "system", "content", prompt),
                    Map.of("role", "user", "content", input))));
    return new Said(
        Json.read(answer.body(), JsonNode.class).at("/choices/0/message/content").asText(),
        answer.headers().firstValue("X-Attempt-Id").orElse(""));
  }

  /** The text of a route under {@code /api/v1}. */
  String text(String route) throws InterruptedException {
    return send("/api/v1/" + route, null).body();
  }

  JsonNode get(String route) throws InterruptedException {
    return Json.read(text(route), JsonNode.class);
  }

  JsonNode post(String route, Object body) throws InterruptedException {
    return Json.read(send("/api/v1/" + route, body).body(), JsonNode.class);
  }

  private HttpResponse<String> send(String path, @Nullable Object body)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json");
    if (body != null) {
      request.POST(HttpRequest.BodyPublishers.ofString(Json.write(body)));
    }
    try {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new BridgeException(
            ApiError.UNEXPECTED,
            "the server answered %d: %s".formatted(answer.statusCode(), answer.body()),
            path,
            "Please report it.");
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
