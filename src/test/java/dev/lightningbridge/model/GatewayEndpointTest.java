package dev.lightningbridge.model;

import static dev.lightningbridge.model.ScriptedModel.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.ModelException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GatewayEndpointTest {
  private static final String HELLO =
      "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScriptedModel model = ScriptedModel.answering();
  private GatewayEndpoint opened;

  private GatewayEndpoint open(ChatModel before) {
    opened = GatewayEndpoint.before(before).open();
    return opened;
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
    client.shutdownNow();
  }

  private HttpRequest.Builder to(String path) {
    ModelEndpoint endpoint = opened.endpoint();
    return HttpRequest.newBuilder(URI.create(endpoint.baseUrl() + path))
        .header("Authorization", "Bearer " + endpoint.token());
  }

  private HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return client.send(
        to("/chat/completions").POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    assertThat(response.headers().firstValue("content-type")).contains("application/json");
    return Json.mapper().readTree(response.body());
  }

  @Test
  void a_completion_is_passed_through_with_all_that_it_holds() throws Exception {
    open(model);
    HttpResponse<String> response =
        post(
            """
            {"model": "m", "messages": [{"role": "user", "content": "{x} 🙂"}], "tools": [{"a": 1}],
             "response_format": {"type": "json_object"}, "seed": 7}""");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response).at("/choices/0/message/content").asText())
        .isEqualTo("answer to {x} 🙂");
    ObjectNode passed = model.asked.getFirst().body();
    assertThat(passed.at("/tools/0/a").asInt()).isEqualTo(1);
    assertThat(passed.at("/response_format/type").asText()).isEqualTo("json_object");
    assertThat(passed.path("seed").asInt()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "lightning-bridge-critic, CRITIC",
    "lightning-bridge-editor, EDITOR",
    "lightning-bridge-judge, JUDGE",
    "lightning-bridge-worker, WORKER",
    "sandbox-critic, CRITIC",
    "gpt-4o, WORKER",
    "'', WORKER"
  })
  void the_role_is_told_by_the_models_name(String name, ModelRole role) throws Exception {
    open(model);
    post(HELLO.replace("\"m\"", "\"" + name + "\""));

    assertThat(model.asked.getFirst().role()).isEqualTo(role);
  }

  @Test
  void a_streamed_completion_comes_as_events_with_the_usage_last() throws Exception {
    open(model);
    HttpResponse<String> response =
        post(
            HELLO.replace(
                "\"model\"",
                "\"stream\": true, \"stream_options\": {\"include_usage\": true}, \"model\""));

    assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
    String[] events = response.body().split("\n\n");
    assertThat(events).hasSize(4).allMatch(e -> e.startsWith("data: "));
    JsonNode first = Json.mapper().readTree(events[0].substring(6));
    assertThat(first.path("object").asText()).isEqualTo("chat.completion.chunk");
    assertThat(first.at("/choices/0/delta/content").asText()).isEqualTo("answer to hi");
    assertThat(first.at("/choices/0/finish_reason").isNull()).isTrue();
    assertThat(
            Json.mapper().readTree(events[1].substring(6)).at("/choices/0/finish_reason").asText())
        .isEqualTo("stop");
    JsonNode usage = Json.mapper().readTree(events[2].substring(6));
    assertThat(usage.path("choices")).isEmpty();
    assertThat(usage.at("/usage/total_tokens").asInt()).isEqualTo(15);
    assertThat(events[3]).isEqualTo("data: [DONE]");
    assertThat(model.asked.getFirst().body().has("stream")).isFalse();
    assertThat(model.asked.getFirst().body().has("stream_options")).isFalse();
  }

  @Test
  void models_are_listed_and_the_version_in_the_path_may_be_left_out() throws Exception {
    open(model);
    for (URI uri :
        List.of(
            URI.create(opened.endpoint().baseUrl() + "/models"),
            opened.endpoint().baseUrl().resolve("/models"))) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(uri)
                  .header("Authorization", "Bearer " + opened.endpoint().token())
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(json(response).at("/data").findValuesAsText("id"))
          .contains("lightning-bridge-critic", "lightning-bridge-worker");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer wrong", "Basic eA==", "bearer-token"})
  void without_the_runs_token_nothing_is_served(String authorization) throws Exception {
    open(model);
    for (String path : List.of("/chat/completions", "/models", "/nowhere")) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(opened.endpoint().baseUrl() + path))
              .POST(HttpRequest.BodyPublishers.ofString(HELLO));
      if (!authorization.isEmpty()) {
        request.header("Authorization", authorization);
      }
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(json(response).at("/error/code").asText()).isEqualTo("invalid_api_key");
    }
    assertThat(model.asked).isEmpty();
  }

  @Test
  void every_endpoint_has_a_token_of_its_own_and_never_shows_it() {
    open(model);
    try (GatewayEndpoint other = GatewayEndpoint.before(model).open()) {
      assertThat(other.endpoint().token())
          .hasSizeGreaterThan(40)
          .isNotEqualTo(opened.endpoint().token());
      assertThat(other.endpoint().toString()).doesNotContain(other.endpoint().token());
    }
  }

  @Test
  void the_stand_alone_sandbox_asks_for_no_token() throws Exception {
    opened = GatewayEndpoint.before(model).withoutToken().models(List.of("sandbox-worker")).open();
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(opened.endpoint().baseUrl() + "/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString(HELLO))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(opened.endpoint().token()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example, , 403",
    "127.0.0.1.evil.example, , 403",
    "'', , 403",
    "localhost:1, , 200",
    "[::1], , 200",
    "127.0.0.1, https://evil.example, 403",
    "127.0.0.1, null, 403",
    "127.0.0.1, http://localhost:3000, 200"
  })
  void only_callers_on_this_machine_are_served(String host, String origin, int status)
      throws Exception {
    open(model);
    String head =
        "GET /v1/models HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n%sConnection: close\r\n\r\n"
            .formatted(
                host,
                opened.endpoint().token(),
                origin == null ? "" : "Origin: " + origin + "\r\n");
    assertThat(raw(head)).startsWith("HTTP/1.1 " + status);
  }

  private String raw(String request) throws IOException {
    try (Socket socket =
            new Socket(
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                opened.endpoint().baseUrl().getPort());
        InputStream in = socket.getInputStream()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "null", "{}", "{\"messages\": 7}", "{\"messages\": []} trailing"})
  void a_body_that_is_no_request_is_a_bad_one(String body) throws Exception {
    open(model);
    HttpResponse<String> response = post(body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).at("/error/type").asText()).isEqualTo("invalid_request_error");
    assertThat(model.asked).isEmpty();
  }

  @Test
  void a_request_that_is_too_long_is_refused_and_one_of_ten_megabytes_is_not() throws Exception {
    open(model);
    assertThat(post(HELLO.replace("hi", "x".repeat(9_900_000))).statusCode()).isEqualTo(200);

    opened.close();
    opened = GatewayEndpoint.before(model).maxRequestBytes(1_000).open();
    assertThat(post(HELLO.replace("hi", "x".repeat(1_000))).statusCode()).isEqualTo(413);
  }

  @Test
  void other_paths_and_methods_are_not_served() throws Exception {
    open(model);
    HttpResponse.BodyHandler<String> text = HttpResponse.BodyHandlers.ofString();
    assertThat(client.send(to("/embeddings").GET().build(), text).statusCode()).isEqualTo(404);
    assertThat(client.send(to("/../../etc/passwd").GET().build(), text).statusCode())
        .isEqualTo(404);
    assertThat(client.send(to("/chat/completions").GET().build(), text).statusCode())
        .isEqualTo(405);
    assertThat(client.send(to("/models").DELETE().build(), text).statusCode()).isEqualTo(405);
  }

  @ParameterizedTest
  @CsvSource({
    "BUDGET_EXHAUSTED, 402, budget_exhausted",
    "CANCELLED, 499, cancelled",
    "RATE_LIMITED, 429, rate_limit_exceeded",
    "SERVER_ERROR, 502, upstream_error",
    "NETWORK, 502, upstream_unreachable",
    "UNREACHABLE, 502, upstream_not_reached",
    "MALFORMED_ANSWER, 502, upstream_malformed",
    "EMPTY_ANSWER, 502, upstream_empty",
    "CUT_OFF, 502, upstream_cut_off",
    "LIMIT_RAISED, 502, upstream_cut_off",
    "SAID_NOTHING, 502, upstream_said_nothing",
    "TIMEOUT, 504, upstream_timeout",
    "CIRCUIT_OPEN, 503, circuit_open",
    "UNAUTHORIZED, 403, upstream_unauthorized",
    "MODEL_NOT_FOUND, 404, model_not_found",
    "BAD_REQUEST, 400, invalid_request",
    "CONTEXT_TOO_LONG, 400, context_length_exceeded",
    "REFUSED, 400, content_filter"
  })
  void every_kind_of_failure_has_its_status_and_code(Kind kind, int status, String code)
      throws Exception {
    open(
        r -> {
          throw new ModelException(kind, "why", 1_500L, null);
        });
    HttpResponse<String> response = post(HELLO);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(json(response).at("/error/code").asText()).isEqualTo(code);
    assertThat(json(response).at("/error/message").asText()).isEqualTo("why");
    assertThat(response.headers().firstValue("x-should-retry")).contains("false");
    assertThat(response.headers().firstValue("retry-after")).contains("2");
  }

  @Test
  void errors_of_the_program_are_answered_too() throws Exception {
    open(
        r -> {
          throw new BridgeException(ModelError.LIMIT_INVALID, "what", "where", "Mend.");
        });
    HttpResponse<String> response = post(HELLO);
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(json(response).at("/error/code").asText()).isEqualTo("LB-3005");

    opened.close();
    open(
        r -> {
          throw new IllegalStateException("inner details");
        });
    response = post(HELLO);
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).doesNotContain("inner details");
  }

  @Test
  void fifty_calls_at_once_are_under_way_at_once() throws Exception {
    CountDownLatch all = new CountDownLatch(50);
    open(
        r -> {
          all.countDown();
          try {
            all.await();
          } catch (InterruptedException e) {
            throw new ModelException(Kind.CANCELLED, "interrupted");
          }
          return answer("together", 1, 1);
        });
    List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(
          client.sendAsync(
              to("/chat/completions").POST(HttpRequest.BodyPublishers.ofString(HELLO)).build(),
              HttpResponse.BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> call : calls) {
      assertThat(call.get().body()).contains("together");
    }
  }

  @Test
  void small_answers_over_a_kept_connection_do_not_wait_for_acknowledgements() throws Exception {
    open(model);
    post(HELLO);
    long start = System.nanoTime();
    for (int i = 0; i < 50; i++) {
      post(HELLO);
    }
    // 50 waits of 40 ms each would be 2 seconds.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_500));
  }

  @Test
  void closing_ends_calls_under_way_and_listens_no_more() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    open(
        r -> {
          begun.countDown();
          try {
            Thread.sleep(600_000);
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
          throw new ModelException(Kind.CANCELLED, "interrupted");
        });
    CompletableFuture<HttpResponse<String>> call =
        client.sendAsync(
            to("/chat/completions").POST(HttpRequest.BodyPublishers.ofString(HELLO)).build(),
            HttpResponse.BodyHandlers.ofString());
    begun.await();
    long start = System.nanoTime();
    opened.close();

    interrupted.await();
    assertThatThrownBy(call::get).hasCauseInstanceOf(IOException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    assertThatThrownBy(
            () ->
                new Socket(
                    InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                    opened.endpoint().baseUrl().getPort()))
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void a_port_that_is_taken_is_a_clear_error() {
    open(model);
    int port = opened.endpoint().baseUrl().getPort();

    assertThatThrownBy(() -> GatewayEndpoint.before(model).port(port).open())
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-3007")
        .hasMessageContaining(String.valueOf(port));
  }
}
