package dev.lightningbridge.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.rollouts.RolloutStore;
import dev.lightningbridge.rollouts.StoredRollout;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What agentlightning's runner does, in Java and at the store itself: it takes rollouts, has the
 * model answer each under the prompt, and tells the answer. It forgets the first ones, as many as
 * it is told to, as one does that is killed and started again; or its spans are lost.
 */
final class StoreRunner implements AutoCloseable {
  private final RolloutStore store;
  private final AtomicInteger forgets;
  private final boolean silent;
  private final AtomicInteger played = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Thread thread;

  StoreRunner(RolloutStore store, int forgets) {
    this(store, forgets, false);
  }

  private StoreRunner(RolloutStore store, int forgets, boolean silent) {
    this.store = store;
    this.silent = silent;
    this.forgets = new AtomicInteger(forgets);
    thread = Thread.ofVirtual().start(this::run);
  }

  /** One whose spans never arrive. */
  static StoreRunner silent(RolloutStore store) {
    return new StoreRunner(store, 0, true);
  }

  /** How many it has told of. */
  int played() {
    return played.get();
  }

  private void run() {
    try {
      while (true) {
        List<StoredRollout> taken = store.dequeue(1, "Worker-0");
        if (taken.isEmpty()) {
          Thread.sleep(20);
        } else if (forgets.getAndDecrement() > 0) {
          forget(taken.getFirst());
        } else {
          play(taken.getFirst());
        }
      }
    } catch (InterruptedException e) {
      // Its end.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nothing has been heard of it for long. */
  private void forget(StoredRollout rollout) {
    store
        .attempts()
        .update(
            rollout.id(), "latest", Json.mapper().createObjectNode().put("last_heartbeat_time", 1));
  }

  private void play(StoredRollout rollout) throws IOException, InterruptedException {
    JsonNode resources =
        store
            .resources()
            .find(Objects.requireNonNull(rollout.resourcesId()))
            .orElseThrow()
            .path("resources");
    String prompt =
        resources.at("/prompt_template/template").asText().replace("{{", "{").replace("}}", "}");
    String answer = ask(resources.path("main_llm"), prompt, rollout.input().path("input").asText());
    String attempt = Objects.requireNonNull(rollout.attempt()).id();
    ObjectNode span =
        Json.mapper()
            .createObjectNode()
            .put("rollout_id", rollout.id())
            .put("attempt_id", attempt)
            .put("sequence_id", -1)
            .put("trace_id", UUID.randomUUID().toString())
            .put("span_id", UUID.randomUUID().toString())
            .put("name", "agentlightning.message");
    span.putObject("attributes").put("agentlightning.message.body", answer);
    if (!silent) {
      store.spans().add(List.of(span));
    }
    store
        .attempts()
        .update(rollout.id(), attempt, Json.mapper().createObjectNode().put("status", "succeeded"));
    played.incrementAndGet();
  }

  private String ask(JsonNode llm, String prompt, String input)
      throws IOException, InterruptedException {
    String body =
        Json.write(
            Map.of(
                "model",
                llm.path("model").asText(),
                "messages",
                List.of(
                    Map.of("role", "system", "content", prompt),
                    Map.of("role", "user", "content", input))));
    HttpResponse<String> said =
        client.send(
            HttpRequest.newBuilder(URI.create(llm.path("endpoint").asText() + "/chat/completions"))
                .header("Authorization", "Bearer " + llm.path("api_key").asText())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    return Json.mapper().readTree(said.body()).at("/choices/0/message/content").asText();
  }

  @Override
  public void close() {
    thread.interrupt();
    client.close();
  }
}
