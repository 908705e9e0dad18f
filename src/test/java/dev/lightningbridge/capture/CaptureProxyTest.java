package dev.lightningbridge.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.Attempt;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(CaptureLab.class)
class CaptureProxyTest {
  private static final String PROMPT = "Answer mails kindly.";

  @Test
  void a_call_is_answered_by_the_endpoint_with_its_own_key_and_recorded() throws Exception {
    Response answer =
        App.ask(
            App.agent("support").header("X-Trace-Id", "t-0"),
            "support",
            App.body("echo", PROMPT, "Where is it?"));
    answer
        .then()
        .statusCode(200)
        .header("X-Saw", equalTo("Bearer " + CaptureLab.KEY + " null"))
        .header("X-Endpoint", equalTo("yes"))
        .header("Set-Cookie", nullValue())
        .body("choices[0].message.content", equalTo("Re: Where is it?"));
    Attempt attempt = App.recorded(answer.header("X-Attempt-Id"));
    assertThat(App.sessionName(attempt.sessionId())).isEqualTo("support");
    assertThat(attempt.systemPrompt()).isEqualTo(PROMPT);
    assertThat(attempt.input()).isEqualTo("Where is it?");
    assertThat(attempt.output()).isEqualTo("Re: Where is it?");
    assertThat(attempt.model().modelId()).isEqualTo("echo-1");
    assertThat(attempt.score()).isNull();
    assertThat(attempt.durationMs()).isNotNull();
    assertThat(App.standing("support").getLong("recorded")).isPositive();
  }

  @Test
  void a_stream_passes_byte_for_byte_as_it_comes() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<InputStream> answer =
          client.send(
              HttpRequest.newBuilder(uri("support"))
                  .header("Authorization", "Bearer " + App.token("support"))
                  .POST(
                      HttpRequest.BodyPublishers.ofString(App.body("stream", PROMPT, "Greet me.")))
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      byte[] first = ScriptedEndpoint.EVENTS.get(0).getBytes(StandardCharsets.UTF_8);
      byte[] rest = ScriptedEndpoint.EVENTS.get(1).getBytes(StandardCharsets.UTF_8);
      try (InputStream body = answer.body()) {
        // The endpoint sends the rest only after this was read.
        assertThat(body.readNBytes(first.length)).isEqualTo(first);
        RestAssured.get(App.setting(CaptureLab.ENDPOINT) + "/go");
        assertThat(body.readAllBytes()).isEqualTo(rest);
      }
      String id = answer.headers().firstValue("X-Attempt-Id").orElseThrow();
      assertThat(App.recorded(id).output()).isEqualTo("Hello é");
    }
  }

  @Test
  void a_call_of_a_tool_is_an_output_too() throws Exception {
    String id =
        App.ask(App.agent("support"), "support", App.body("calls", PROMPT, "Look it up."))
            .then()
            .statusCode(200)
            .body("choices[0].message.tool_calls[0].function.name", equalTo("look_up"))
            .extract()
            .header("X-Attempt-Id");
    // No tool was offered: what calls one is no answer of the model's own.
    App.until(() -> App.counted("support", "no_answer") > 0);
    String offering =
        Json.write(
            Map.of(
                "model",
                "calls",
                "tools",
                List.of(Map.of("type", "function", "function", Map.of("name", "look_up"))),
                "messages",
                List.of(
                    Map.of("role", "system", "content", PROMPT),
                    Map.of("role", "user", "content", "Look it up."))));
    String offered =
        App.ask(App.agent("support"), "support", offering).then().extract().header("X-Attempt-Id");
    assertThat(App.recorded(offered).output()).contains("look_up", "{\\\"n\\\": 1}");
    assertThat(App.attempts()).noneMatch(a -> a.id().equals(id));
  }

  @Test
  void an_error_passes_as_it_came_and_is_counted() {
    long before = App.counted("support", "endpoint_failed");
    App.ask(App.agent("support"), "support", App.body("fails", PROMPT, "Hello"))
        .then()
        .statusCode(429)
        .header("Retry-After", equalTo("7"))
        .body("error.message", equalTo("slow down"));
    assertThat(App.counted("support", "endpoint_failed")).isEqualTo(before + 1);
  }

  @Test
  void an_answer_that_breaks_off_is_no_whole_one_for_the_caller_either() throws Exception {
    long before = App.counted("support", "broken_off");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(uri("support"))
              .header("Authorization", "Bearer " + App.token("support"))
              .POST(HttpRequest.BodyPublishers.ofString(App.body("breaks", PROMPT, "Hello")))
              .build();
      assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }
    App.until(() -> App.counted("support", "broken_off") == before + 1);
  }

  @Test
  void calls_of_one_trace_are_one_rollout() throws Exception {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    String parent = "00-" + trace + "-b7ad6b7169203331-01";
    String first =
        App.ask(
                App.agent("support").header("traceparent", parent),
                "support",
                App.body("echo", PROMPT, "First"))
            .header("X-Attempt-Id");
    String second =
        App.ask(
                App.agent("support").header("X-Trace-Id", trace),
                "support",
                App.body("echo", PROMPT, "Second"))
            .header("X-Attempt-Id");
    String alone = App.call("support", PROMPT, "Third");
    String rollout = App.recorded(first).rolloutId();
    assertThat(App.recorded(second).rolloutId()).isEqualTo(rollout);
    assertThat(App.recorded(alone).rolloutId()).isNotEqualTo(rollout);
  }

  @Test
  void of_a_conversation_the_input_is_all_that_was_said() throws Exception {
    String body =
        Json.write(
            Map.of(
                "model",
                "echo",
                "messages",
                List.of(
                    Map.of("role", "system", "content", PROMPT),
                    Map.of("role", "user", "content", "Hi"),
                    Map.of("role", "assistant", "content", "Hello!"),
                    Map.of("role", "user", "content", "Where is it?"))));
    String id = App.ask(App.agent("support"), "support", body).header("X-Attempt-Id");
    assertThat(App.recorded(id).input())
        .isEqualTo("User: Hi\n\nAssistant: Hello!\n\nUser: Where is it?");
  }

  @Test
  void what_a_mask_matches_is_nowhere_in_the_file() throws Exception {
    String id = App.call("support", PROMPT, "I am ann.smith@example.org, help me.");
    Attempt attempt = App.recorded(id);
    assertThat(attempt.input()).isEqualTo("I am [email], help me.");
    assertThat(attempt.output()).isEqualTo("Re: I am [email], help me.");
    assertThat(new String(Files.readAllBytes(App.database()), StandardCharsets.ISO_8859_1))
        .doesNotContain("ann.smith");
  }

  @Test
  void calls_of_an_agent_that_is_switched_off_pass_and_are_not_recorded() {
    assertThat(App.call("quiet", PROMPT, "Hello")).isNull();
    assertThat(App.standing("quiet").getLong("recorded")).isZero();
    assertThat(App.standing("quiet").getBoolean("enabled")).isFalse();
  }

  @Test
  void what_cannot_be_written_is_answered_and_counted() throws Exception {
    App.call("outside", PROMPT, "Hello");
    App.until(() -> App.counted("outside", "not_written") == 1);
    assertThat(App.standing("outside").getString("failure")).contains("LB-8004");
    assertThat(Files.exists(App.folder().resolve("apps.db"))).isFalse();
    RestAssured.get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("checks.find { it.name == 'capture' }.data.lost", equalTo(1));
  }

  @Test
  void a_call_without_a_system_message_is_answered_and_counted() throws Exception {
    App.ask(
            App.agent("support"),
            "support",
            "{\"model\": \"echo\", \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}")
        .then()
        .statusCode(200);
    App.until(() -> App.counted("support", "no_prompt") > 0);
  }

  @Test
  void the_endpoints_models_are_listed() {
    App.agent("support")
        .get("/capture/support/v1/models")
        .then()
        .statusCode(200)
        .body("object", equalTo("list"));
  }

  @Test
  void only_the_agents_own_token_opens_its_endpoint() {
    App.ask(App.owner(), "support", App.body("echo", PROMPT, "Hi")).then().statusCode(401);
    App.ask(App.agent("other"), "support", App.body("echo", PROMPT, "Hi")).then().statusCode(401);
    App.ask(RestAssured.given(), "support", App.body("echo", PROMPT, "Hi")).then().statusCode(401);
    App.ask(App.agent("other"), "none", App.body("echo", PROMPT, "Hi")).then().statusCode(401);
    App.agent("support").get("/capture/support/v1/files").then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/agents",
        "/api/v1/agents/other/prompt",
        "/api/v1/databases",
        "/api/v1/runs",
        "/q/metrics",
        "/capture/support/v1/../../../api/v1/runs"
      })
  void an_agents_token_opens_nothing_else(String path) {
    App.agent("support").urlEncodingEnabled(false).get(path).then().statusCode(401);
  }

  private static URI uri(String agent) {
    return URI.create(
        "http://localhost:%d/capture/%s/v1/chat/completions".formatted(RestAssured.port, agent));
  }
}
