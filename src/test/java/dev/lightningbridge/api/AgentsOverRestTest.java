package dev.lightningbridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A request has a program run by its name in the configuration, and in no other way. */
@QuarkusTest
@WithTestResource(ServerLab.class)
class AgentsOverRestTest {
  @Test
  void aConfiguredAgentIsRun() throws Exception {
    Map<String, Object> run = new HashMap<>(Server.newRun());
    run.put("agent", "curl");
    JsonPath ended = Server.ended(Server.start(run));
    assertThat(ended.getString("state")).isIn("held", "waiting_for_approval");
    assertThat(ended.getList("result.remarks", String.class))
        .anyMatch(remark -> remark.startsWith("What was tested is the agent's command \"sh "));
    assertThat(
            Server.given()
                .body(run)
                .post("/api/v1/runs/estimate")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getBoolean("atLeast"))
        .isTrue();
  }

  @Test
  void anotherNameIsRefusedWithThoseThereAre() {
    Map<String, Object> run = new HashMap<>(Server.newRun());
    run.put("agent", "sh -c id");
    Server.given()
        .body(run)
        .post("/api/v1/runs")
        .then()
        .statusCode(422)
        .body("code", equalTo("LB-4102"))
        .body("remedy", equalTo("Name one of: agl:triage, curl."));
    Map<String, Object> schedule = new HashMap<>();
    schedule.put("name", "Nightly");
    schedule.put("database", Server.database());
    schedule.put("cron", "0 2 * * *");
    schedule.put("zone", "UTC");
    schedule.put("sandbox", true);
    schedule.put("agent", "none");
    Server.given()
        .body(schedule)
        .put("/api/v1/schedules/with-agent")
        .then()
        .statusCode(422)
        .body("detail", containsString("no agent none"));
    schedule.put("agent", "curl");
    Server.given().body(schedule).put("/api/v1/schedules/with-agent").then().statusCode(200);
    Server.given().delete("/api/v1/schedules/with-agent");
  }

  @Test
  void aProgramInTheRequestIsNoFieldOfIt() {
    Map<String, Object> run = new HashMap<>(Server.newRun());
    run.put("agent", Map.of("command", "id"));
    Server.given().body(run).post("/api/v1/runs").then().statusCode(400);
  }
}
