package dev.lightningbridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServerLab.class)
class RunsResourceTest {
  @Test
  void a_run_is_queued_run_and_shown_with_its_result_and_events() throws Exception {
    String location =
        Server.given()
            .body(Server.newRun())
            .post("/api/v1/runs")
            .then()
            .statusCode(202)
            .body("state", equalTo("queued"))
            .body("sandbox", equalTo(true))
            .extract()
            .header("Location");
    String id = location.substring(location.lastIndexOf('/') + 1);
    JsonPath ended = Server.ended(id);

    assertThat(ended.getString("state")).isIn("held", "waiting_for_approval");
    assertThat(ended.getInt("result.calls")).isPositive().isLessThanOrEqualTo(600);
    assertThat(ended.getInt("spent.calls")).isEqualTo(ended.getInt("result.calls"));
    assertThat(ended.getInt("request.limits.calls")).isEqualTo(600);
    assertThat(ended.getBoolean("request.policy.earlyStop")).isTrue();
    JsonPath log = Server.given().get("/api/v1/runs/{id}/log?limit=2000", id).jsonPath();
    assertThat(log.getList("items.type")).contains("candidate_made", "evaluated");
    assertThat(log.getList("items.sequence", Integer.class)).isSorted().startsWith(1, 2, 3);
  }

  @Test
  void a_test_can_be_asked_for_that_is_carried_out_to_its_end() {
    Map<String, Object> run = new HashMap<>(Server.newRun());
    run.put("earlyStop", false);
    String id = Server.given().body(run).post("/api/v1/runs").then().extract().path("id");
    assertThat(
            Server.given()
                .get("/api/v1/runs/{id}", id)
                .jsonPath()
                .getBoolean("request.policy.earlyStop"))
        .isFalse();
    Server.given().post("/api/v1/runs/{id}/cancel", id);
  }

  @Test
  void the_same_key_is_the_same_run_and_for_another_run_it_is_refused() {
    String key = UUID.randomUUID().toString();
    Map<String, Object> run = new HashMap<>(Server.newRun());
    String first = withKey(key, run);
    assertThat(withKey(key, run)).isEqualTo(first);
    run.put("seed", 5);
    Server.given()
        .header("Idempotency-Key", key)
        .body(run)
        .post("/api/v1/runs")
        .then()
        .statusCode(409)
        .body("code", equalTo("LB-8009"));
    Server.given().post("/api/v1/runs/{id}/cancel", first);
  }

  private static String withKey(String key, Map<String, Object> run) {
    return Server.given()
        .header("Idempotency-Key", key)
        .body(run)
        .post("/api/v1/runs")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  @Test
  void a_field_that_does_nothing_in_the_run_is_refused_by_its_name() {
    Map<String, Object> run = new HashMap<>(Server.newRun());
    run.put("engine", "agentlightning");
    run.put("strategy", "apo");
    Server.given()
        .body(run)
        .post("/api/v1/runs")
        .then()
        .statusCode(422)
        .body("code", equalTo("LB-7125"))
        .body("detail", containsString("strategy does nothing here"));
    Server.given().body(run).post("/api/v1/runs/estimate").then().statusCode(422);
  }

  @Test
  void the_list_is_told_page_by_page_and_each_run_once() {
    List<String> started = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Map<String, Object> run = new HashMap<>(Server.newRun());
      run.put("label", "nobody");
      started.add(Server.start(run));
    }
    List<String> listed = new ArrayList<>();
    String cursor = null;
    do {
      JsonPath page =
          (cursor == null ? Server.given() : Server.given().queryParam("cursor", cursor))
              .get("/api/v1/runs?limit=2&state=queued")
              .jsonPath();
      listed.addAll(page.getList("items.id"));
      cursor = page.getString("next");
    } while (cursor != null);
    assertThat(listed).doesNotHaveDuplicates().containsAll(started);
    started.forEach(
        id -> Server.given().post("/api/v1/runs/{id}/cancel", id).then().statusCode(202));
  }

  @Test
  void a_waiting_run_is_cancelled_at_once_and_goes_into_the_queue_again() {
    Map<String, Object> run = new HashMap<>(Server.newRun());
    run.put("label", "nobody");
    String id = Server.start(run);
    Server.given()
        .post("/api/v1/runs/{id}/cancel", id)
        .then()
        .statusCode(202)
        .body("state", equalTo("cancelled"));
    Server.given()
        .post("/api/v1/runs/{id}/cancel", id)
        .then()
        .statusCode(409)
        .body("code", equalTo("LB-7115"));
    Server.given().post("/api/v1/runs/{id}/resume", id).then().statusCode(202);
    Server.given().get("/api/v1/runs/{id}", id).then().body("finishedAt", nullValue());
    Server.given().post("/api/v1/runs/{id}/cancel", id).then().statusCode(202);
  }

  @Test
  void what_a_run_would_cost_is_told_without_a_run() throws Exception {
    int before = Server.given().get("/api/v1/runs?limit=200").jsonPath().getList("items").size();
    JsonPath estimate =
        Server.given()
            .body(Server.newRun())
            .post("/api/v1/runs/estimate")
            .then()
            .statusCode(200)
            .body("missing", equalTo(0))
            .body("judged", equalTo(true))
            .body("usd", equalTo(0f))
            .extract()
            .jsonPath();
    assertThat(estimate.getLong("calls")).isGreaterThan(100);
    assertThat(estimate.getLong("tokens")).isGreaterThan(estimate.getLong("calls"));
    assertThat(estimate.getInt("train") + estimate.getInt("validation") + estimate.getInt("test"))
        .isEqualTo(40);
    Map<String, Object> unknown = new HashMap<>(Server.newRun());
    unknown.put("sessionId", "none");
    Server.given().body(unknown).post("/api/v1/runs/estimate").then().statusCode(404);
    assertThat(Server.given().get("/api/v1/runs?limit=200").jsonPath().getList("items"))
        .hasSize(before);
  }

  @Test
  void tasks_can_come_with_the_request() throws Exception {
    Map<String, Object> run = new HashMap<>(Server.newRun());
    List<Map<String, Object>> tasks = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      tasks.add(
          Map.of(
              "input",
              "Ticket " + i,
              "checks",
              List.of(Map.of("contains", "billing")),
              "tag",
              i == 0 ? "first" : "rest"));
    }
    run.put("tasks", tasks);
    run.put("limits", Map.of("calls", 300));
    JsonPath ended = Server.ended(Server.start(run));
    int used =
        ended.getInt("result.tasks.train")
            + ended.getInt("result.tasks.validation")
            + ended.getInt("result.tasks.test");
    assertThat(used).isEqualTo(45);
    assertThat(ended.getList("result.groups.tag")).contains("rest");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "null",
        "{\"database\": 5}",
        "{\"unknown\": 1}",
        "{\"database\": \"x\", \"database\": \"y\"}",
        "{} {}",
        "\"text\""
      })
  void a_body_that_is_none_is_a_400_problem(String body) {
    Server.given()
        .body(body)
        .post("/api/v1/runs")
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("LB-8006"))
        .body("detail", not(containsString("dev.lightningbridge")));
  }

  @ParameterizedTest
  @CsvSource({
    "engine, perl, 400",
    "synthesize, 1001, 400",
    "synthesize, 1.5, 400",
    "priority, \"high\", 400",
    "seed, 9007199254740993, 400",
    "sessionId, \"no-such\", 404",
    "lineageId, \"no-such\", 404",
    "database, \"/etc/passwd\", 403",
    "database, \"none\", 404",
    "tasksFile, \"/etc/passwd\", 403",
    "model, null, 422",
    "model, {}, 422",
    "model, {\"sandbox\": {}; \"endpoint\": {}}, 422",
    "model, {\"endpoint\": {\"baseUrl\": \"http://169.254.169.254\"}}, 400"
  })
  void a_wrong_value_is_refused(String member, String value, int status) {
    Map<String, Object> run = new HashMap<>(Server.newRun());
    run.put(
        member,
        JsonPath.from(
                "{\"v\": " + (value.equals("perl") ? "\"perl\"" : value.replace(";", ",")) + "}")
            .get("v"));
    Server.given()
        .body(run)
        .post("/api/v1/runs")
        .then()
        .statusCode(status)
        .contentType("application/problem+json");
  }

  @Test
  void a_run_that_is_not_there_is_a_404_problem() {
    for (String path : List.of("", "/log", "/events")) {
      Server.given()
          .get("/api/v1/runs/nobody" + path)
          .then()
          .statusCode(404)
          .body("code", equalTo("LB-7106"));
    }
    Server.given().post("/api/v1/runs/nobody/cancel").then().statusCode(404);
    Server.given().delete("/api/v1/runs").then().statusCode(405).body("type", endsWith("lb-8006"));
  }
}
