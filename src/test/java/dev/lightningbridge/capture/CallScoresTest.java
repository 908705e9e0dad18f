package dev.lightningbridge.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.lightningbridge.corpus.Score;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(CaptureLab.class)
class CallScoresTest {
  private static final String SCORE = "/api/v1/attempts/{attempt}/score";
  private static final String PROMPT = "Answer mails kindly.";

  @Test
  void an_application_scores_its_call_at_once_and_corrects_itself() throws Exception {
    String attempt = App.call("support", PROMPT, "Where is my parcel?");
    App.agent("support")
        .body(Map.of("thumbs", "down", "comment", "Too long."))
        .post(SCORE, attempt)
        .then()
        .statusCode(200)
        .body("score", equalTo(1))
        .body("comment", equalTo("Too long."));
    App.agent("support")
        .body(Map.of("score", 8))
        .post(SCORE, attempt)
        .then()
        .statusCode(200)
        .body("score", equalTo(8))
        .body("comment", equalTo("Too long."));
    Score score = Objects.requireNonNull(App.recorded(attempt).score());
    assertThat(score.value()).isEqualTo(8);
    assertThat(score.comment()).isEqualTo("Too long.");
  }

  @Test
  void the_same_score_is_written_once() {
    String attempt = App.call("support", PROMPT, "Hello again");
    App.owner()
        .body(Map.of("thumbs", "up"))
        .post(SCORE, attempt)
        .then()
        .statusCode(200)
        .body("score", equalTo(10));
    App.owner()
        .body(Map.of("thumbs", "up"))
        .post(SCORE, attempt)
        .then()
        .statusCode(200)
        .body("eventId", nullValue());
  }

  @Test
  void a_traces_score_is_that_of_its_last_call() throws Exception {
    String first =
        App.ask(
                App.agent("support").header("X-Trace-Id", "scored/1"),
                "support",
                App.body("echo", PROMPT, "First"))
            .header("X-Attempt-Id");
    App.recorded(first);
    String last =
        App.ask(
                App.agent("support").header("X-Trace-Id", "scored/1"),
                "support",
                App.body("echo", PROMPT, "Last"))
            .header("X-Attempt-Id");
    App.recorded(last);
    App.agent("support")
        .body(Map.of("score", 7))
        .post("/api/v1/traces/{trace}/score", "scored/1")
        .then()
        .statusCode(200);
    assertThat(App.recorded(first).score()).isNull();
    assertThat(Objects.requireNonNull(App.recorded(last).score()).value()).isEqualTo(7);
  }

  @Test
  void an_agents_token_scores_its_own_calls_alone() throws Exception {
    String attempt = App.call("other", PROMPT, "Not yours");
    App.recorded(attempt);
    App.agent("support")
        .body(Map.of("score", 1))
        .post(SCORE + "?agent=other", attempt)
        .then()
        .statusCode(404)
        .body("code", equalTo("LB-1073"));
    App.owner()
        .body(Map.of("score", 1))
        .post(SCORE + "?agent=support", attempt)
        .then()
        .statusCode(404);
    App.owner()
        .body(Map.of("score", 3))
        .post(SCORE + "?agent=other", attempt)
        .then()
        .statusCode(200);
  }

  @Test
  void javas_own_client_which_offers_http_2_is_understood() throws Exception {
    String attempt = App.call("support", PROMPT, "By Java's client");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(
                      URI.create(
                          "http://localhost:%d/api/v1/attempts/%s/score"
                              .formatted(RestAssured.port, attempt)))
                  .header("Authorization", "Bearer " + App.token("support"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString("{\"score\": 6}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"score\": 3, \"thumbs\": \"up\"}", "{\"comment\": \"x\"}"})
  void neither_or_both_of_score_and_thumbs_are_refused(String body) {
    App.agent("support")
        .body(body)
        .post(SCORE, "any")
        .then()
        .statusCode(422)
        .body("code", equalTo("LB-8104"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"score\": 0}", "{\"score\": 11}", "{\"thumbs\": \"sideways\"}"})
  void a_body_that_is_no_score_is_refused(String body) {
    App.agent("support").body(body).post(SCORE, "any").then().statusCode(400);
  }

  @Test
  void an_unknown_attempt_trace_or_agent_is_not_there() {
    App.agent("support").body(Map.of("score", 3)).post(SCORE, "none").then().statusCode(404);
    App.agent("support")
        .body(Map.of("score", 3))
        .post("/api/v1/traces/none/score")
        .then()
        .statusCode(404);
    App.owner()
        .body(Map.of("score", 3))
        .post(SCORE + "?agent=nobody", "none")
        .then()
        .statusCode(404)
        .body("code", equalTo("LB-8102"));
  }
}
