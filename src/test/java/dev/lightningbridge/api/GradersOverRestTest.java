package dev.lightningbridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A request has a grader outside of the server asked by its name in the configuration alone. */
@QuarkusTest
@WithTestResource(ServerLab.class)
class GradersOverRestTest {
  @Test
  void aConfiguredGraderGrades() throws Exception {
    Map<String, Object> run = gradedBy("short");
    Server.given()
        .body(run)
        .post("/api/v1/runs/estimate")
        .then()
        .statusCode(200)
        .body("externalGrades.grader", equalTo("short"));
    JsonPath ended = Server.ended(Server.start(run));
    assertThat(ended.getString("state")).isEqualTo("held");
    assertThat(ended.getList("result.remarks", String.class))
        .anyMatch(remark -> remark.contains("the grader \"short\", outside of this program"));
  }

  @Test
  void anotherNameIsRefusedWithThoseThereAre() {
    Server.given()
        .body(gradedBy("none"))
        .post("/api/v1/runs")
        .then()
        .statusCode(422)
        .body("code", equalTo("LB-4001"))
        .body("remedy", containsString("short"));
  }

  @Test
  void aProgramInTheRequestIsNoGrader() {
    Server.given().body(gradedBy("sh -c id")).post("/api/v1/runs").then().statusCode(400);
  }

  @Test
  void thePageOfANewRunOffersItByNameAndAnAgentToo() {
    String page =
        Server.given()
            .get("/databases/{id}/sessions/{session}", Server.database(), Server.session())
            .then()
            .statusCode(200)
            .extract()
            .asString();
    assertThat(page)
        .contains("<option>json</option>", "<option>short</option>")
        .contains("<option value=\"curl\">agent curl</option>")
        .contains("<option value=\"agl:triage\">agent agl:triage</option>");

    String estimate =
        Server.given()
            .contentType(ContentType.URLENC)
            .formParam("database", Server.database())
            .formParam("lineage", lineage())
            .formParam("model", "sandbox")
            .formParam("grader", "short")
            .formParam("agent", "curl")
            .post("/runs/estimate")
            .then()
            .statusCode(200)
            .extract()
            .asString();
    assertThat(estimate)
        .contains("graded by the grader short, about ")
        .contains("The run makes at least ");
  }

  private static String lineage() {
    return Server.given()
        .get("/api/v1/databases/{id}/inspection", Server.database())
        .path("sessions[0].lineages[0].id");
  }

  private static Map<String, Object> gradedBy(String name) {
    Map<String, Object> run = new HashMap<>(Server.newRun());
    run.remove("acceptJudge");
    run.put("grader", name);
    return run;
  }
}
