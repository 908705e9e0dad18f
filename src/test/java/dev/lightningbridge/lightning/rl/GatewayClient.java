package dev.lightningbridge.lightning.rl;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plays the trainer's part before the gateway, over HTTP alone. */
final class GatewayClient implements AutoCloseable {
  private static final long PATIENCE_MS = 60_000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final RlServices services;

  GatewayClient(RlServices services) {
    this.services = services;
  }

  int statusWithoutKey() throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(services.url() + "/api/rollouts?state_in=queuing"))
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  void serve(String model, String endpoint) throws IOException, InterruptedException {
    send("POST", "/api/models", List.of(Map.of("model", model, "endpoint", endpoint)));
  }

  /** Creates a rollout of a task as the trainer would. */
  String create(String task) throws IOException, InterruptedException {
    JsonNode told = services.toldToTrainer();
    JsonNode created =
        send(
            "POST",
            "/api/rollouts",
            List.of(
                Map.of(
                    "input",
                    Map.of("task", task),
                    "is_train",
                    true,
                    "config",
                    Map.of(
                        "timeout_seconds",
                        60,
                        "local",
                        Map.of(
                            "agent_class", told.path("agent"),
                            "env_map", told.path("environment"))))));
    return created.path(0).path("rollout_id").asText();
  }

  /** Waits until the rollout has ended; gives succeeded or failed. */
  String awaitEnd(String rollout) throws IOException, InterruptedException {
    return awaitState(rollout, List.of("succeeded", "failed"));
  }

  String awaitState(String rollout, List<String> states) throws IOException, InterruptedException {
    long until = System.currentTimeMillis() + PATIENCE_MS;
    String state = "";
    while (System.currentTimeMillis() < until) {
      state =
          send("GET", "/api/rollouts/" + rollout, null)
              .path("rollout")
              .path("status")
              .path("state")
              .asText();
      if (states.contains(state)) {
        return state;
      }
      Thread.sleep(100);
    }
    throw new IOException("the rollout is still " + state);
  }

  /** What the trainer learns from: the model's calls with token ids, and the reward. */
  JsonNode triplet(String rollout) throws IOException, InterruptedException {
    return send("GET", "/api/rollouts/" + rollout + "/events?format=triplet", null);
  }

  private JsonNode send(String method, String path, @Nullable Object body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(services.url() + path))
                .header("Authorization", "Bearer " + services.key())
                .header("Content-Type", "application/json")
                .method(
                    method,
                    body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(Json.write(body)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IOException(answer.statusCode() + ": " + answer.body());
    }
    return Json.mapper().readTree(answer.body());
  }

  @Override
  public void close() {
    client.close();
  }
}
