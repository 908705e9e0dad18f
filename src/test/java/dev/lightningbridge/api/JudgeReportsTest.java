package dev.lightningbridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@WithTestResource(ServerLab.class)
@Timeout(120)
class JudgeReportsTest {
  @Test
  void a_judge_is_held_against_people_while_the_client_waits() throws Exception {
    String id =
        Server.given()
            .body(
                Map.of(
                    "database", Server.database(),
                    "sessionId", Server.session(),
                    "outputs", 40,
                    "model", Map.of("sandbox", Map.of("seed", 7))))
            .post("/api/v1/judge-reports")
            .then()
            .statusCode(202)
            .header("Location", containsString("/api/v1/judge-reports/"))
            .extract()
            .path("id");
    Server.until(() -> !report(id).getString("state").equals("running"));
    assertThat(report(id).getString("state")).isEqualTo("done");
    assertThat(report(id).getInt("result.calls")).isPositive();
    assertThat(report(id).getString("database")).endsWith("camp.db");
    assertThat(report(id).getInt("judged")).isPositive().isEqualTo(report(id).getInt("planned"));
    Server.given().get("/api/v1/judge-reports").then().body("items.id", hasItem(id));
    Server.given().get("/api/v1/judge-reports/none").then().statusCode(404);
  }

  private static JsonPath report(String id) {
    return Server.given().get("/api/v1/judge-reports/{id}", id).jsonPath();
  }

  @Test
  void the_server_says_how_it_is() {
    Server.given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
    Server.given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("lightning_bridge_runs{state=\"queued\"}"))
        .body(containsString("lightning_bridge_calls_total"))
        .body(containsString("lightning_bridge_queue_age_seconds"));
  }
}
