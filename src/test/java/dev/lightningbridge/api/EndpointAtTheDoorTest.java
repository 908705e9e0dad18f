package dev.lightningbridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run whose endpoint cannot be used is refused where it is asked for. */
@QuarkusTest
@WithTestResource(ServerLab.class)
@Timeout(120)
class EndpointAtTheDoorTest {
  private static Map<String, Object> run(String worker) {
    Map<String, Object> run = new HashMap<>(Server.newRun());
    run.put("model", Map.of("endpoint", Map.of("worker", worker)));
    return run;
  }

  private static List<String> runs() {
    return Server.given().get("/api/v1/runs?limit=200").path("items.id");
  }

  @Test
  void a_run_is_refused_with_cause_and_remedy_and_none_is_left() {
    List<String> before = runs();

    Server.given()
        .body(run("gpt-4o"))
        .post("/api/v1/runs")
        .then()
        .statusCode(422)
        .contentType("application/problem+json")
        .body("code", equalTo("LB-7130"))
        .body("detail", containsString("answered 401"))
        .body("detail", containsString("[key]"))
        .body("detail", not(containsString(ServerLab.KEY)))
        .body("remedy", not(equalTo("")));

    assertThat(runs()).isEqualTo(before);
  }

  @Test
  void the_check_alone_says_the_same_and_keeps_nothing() {
    List<String> before = runs();

    Server.given()
        .body(run("gpt-4o"))
        .post("/api/v1/runs/check")
        .then()
        .statusCode(422)
        .body("code", equalTo("LB-7130"));
    Server.given()
        .body(run(ServerLab.ANSWERS_FIRST))
        .post("/api/v1/runs/check")
        .then()
        .statusCode(200)
        .body("calls", equalTo(1))
        .body("said[-1]", containsString("The endpoint answers: answers-first"));
    Server.given()
        .body(Server.newRun())
        .post("/api/v1/runs/check")
        .then()
        .statusCode(200)
        .body("said", empty());

    assertThat(runs()).isEqualTo(before);
  }

  @Test
  void the_pages_form_shows_it_before_and_at_the_start() {
    List<String> before = runs();
    Map<String, String> form =
        Map.of(
            "database",
            Server.database(),
            "lineage",
            lineage(),
            "model",
            "endpoint",
            "worker",
            "gpt-4o",
            "judge",
            "gpt-4o");

    Server.given()
        .contentType(ContentType.URLENC)
        .formParams(form)
        .post("/runs/check")
        .then()
        .statusCode(200)
        .body(containsString("LB-7130"))
        .body(containsString("answered 401"));
    Server.given()
        .contentType(ContentType.URLENC)
        .header("HX-Request", "true")
        .formParams(form)
        .post("/runs")
        .then()
        .statusCode(422)
        .body("code", equalTo("LB-7130"));

    assertThat(runs()).isEqualTo(before);
  }

  private static String lineage() {
    return Server.given()
        .get("/api/v1/databases/{id}/inspection", Server.database())
        .path("sessions[0].lineages[0].id");
  }

  @Test
  void an_idempotency_key_that_is_known_calls_nobody() throws InterruptedException {
    Map<String, Object> run = run(ServerLab.ANSWERS_FIRST);
    String first = start(run);

    assertThat(start(run)).isEqualTo(first);
    Server.ended(first);
  }

  private static String start(Map<String, Object> run) {
    return Server.given()
        .header("Idempotency-Key", "at-the-door")
        .body(run)
        .post("/api/v1/runs")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }
}
