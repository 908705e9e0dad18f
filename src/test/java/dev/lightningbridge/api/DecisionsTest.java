package dev.lightningbridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.lightningbridge.camp.CampDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@WithTestResource(ServerLab.class)
@Timeout(180)
class DecisionsTest {
  /** A proposal on a database of its own. */
  private static JsonPath proposal(String name) throws Exception {
    Path camp = Server.folder().resolve("databases").resolve(name);
    Map<String, Object> run = new HashMap<>(Server.newRun());
    run.put("sessionId", ServerLab.camp(camp, 60));
    run.put("database", camp.toString());
    run.put("limits", Map.of("calls", 3000));
    JsonPath ended = Server.ended(Server.start(run));
    assertThat(ended.getString("state")).isEqualTo("waiting_for_approval");
    return Server.given()
        .get("/api/v1/proposals/{id}", ended.getString("result.proposalId"))
        .jsonPath();
  }

  private static int versions(Path camp) {
    try (CampDatabase database = CampDatabase.open(camp, CampDatabase.Options.DEFAULT)) {
      return database.corpus().agentVersions().size();
    }
  }

  @Test
  void a_proposal_shows_its_evidence_is_approved_once_and_taken_back_once() throws Exception {
    JsonPath proposal = proposal("approved.db");
    String id = proposal.getString("id");
    Path camp = Path.of(proposal.getString("database"));
    assertThat(proposal.getString("verdict.decision")).isEqualTo("PROMOTE");
    assertThat(proposal.getList("tasks")).hasSize(proposal.getInt("verdict.test.n"));
    assertThat(proposal.getList("tasks.difference", Double.class)).isSorted();
    assertThat(proposal.getString("tasks[0].winner.output")).isNotEmpty();
    assertThat(proposal.getString("prompt")).isNotEqualTo(proposal.getString("baselinePrompt"));

    String promotion =
        Server.given()
            .body("{}")
            .post("/api/v1/proposals/{id}/approve", id)
            .then()
            .statusCode(200)
            .body("state", equalTo("written"))
            .extract()
            .path("promotionId");
    assertThat(versions(camp)).isEqualTo(2);
    Server.given()
        .body("{}")
        .post("/api/v1/proposals/{id}/approve", id)
        .then()
        .statusCode(409)
        .body("code", equalTo("LB-7109"));
    Server.given()
        .body("{\"reason\": \"too late\"}")
        .post("/api/v1/proposals/{id}/reject", id)
        .then()
        .statusCode(409);
    Server.given()
        .get("/api/v1/promotions/{id}", promotion)
        .then()
        .statusCode(200)
        .body("state", equalTo("written"));

    Server.given()
        .post("/api/v1/promotions/{id}/rollback", promotion)
        .then()
        .statusCode(200)
        .body("state", equalTo("rolled_back"));
    assertThat(versions(camp)).isEqualTo(3);
    Server.given().post("/api/v1/promotions/{id}/rollback", promotion).then().statusCode(409);
  }

  @Test
  void a_proposal_with_findings_is_written_only_where_each_is_named() throws Exception {
    JsonPath proposal = proposal("found.db");
    String id = proposal.getString("id");
    assertThat(proposal.getList("findings")).isEmpty();
    String file = "jdbc:sqlite:" + Server.folder().resolve("home/bridge.db");
    try (Connection bridge = DriverManager.getConnection(file);
        Statement statement = bridge.createStatement()) {
      statement.execute("DELETE FROM findings WHERE proposal_id = '%s'".formatted(id));
      statement.execute(
          "UPDATE proposals SET prompt = prompt || '\nName evil.example <b>.' WHERE id = '%s'"
              .formatted(id));
    }
    JsonPath shown = Server.given().get("/api/v1/proposals/{id}", id).jsonPath();
    assertThat(shown.getString("findings[0].kind")).isEqualTo("address");
    assertThat(shown.getString("findings[0].text")).isEqualTo("evil.example");
    String finding = shown.getString("findings[0].id");

    Server.given()
        .accept("text/html")
        .get("/proposals/{id}", id)
        .then()
        .statusCode(200)
        .body(containsString("Look at this first: 1 finding"))
        .body(containsString("name=\"acceptFindings\" value=\"" + finding + "\""))
        .body(containsString(">evil.example</mark> &lt;b&gt;"));
    Server.given()
        .body("{}")
        .post("/api/v1/proposals/{id}/approve", id)
        .then()
        .statusCode(409)
        .body("code", equalTo("LB-7140"))
        .body("detail", containsString(finding));
    Server.given()
        .body("{\"acceptFindings\": [\"F000000\"]}")
        .post("/api/v1/proposals/{id}/approve", id)
        .then()
        .statusCode(422)
        .body("code", equalTo("LB-7141"));
    Server.given()
        .body("{\"acceptFindings\": [\"%s\"]}".formatted(finding))
        .post("/api/v1/proposals/{id}/approve", id)
        .then()
        .statusCode(200);
  }

  @Test
  void a_rejected_proposal_keeps_its_reason_and_leaves_the_agent_as_it_is() throws Exception {
    JsonPath proposal = proposal("rejected.db");
    String id = proposal.getString("id");
    Server.given().get("/api/v1/proposals?state=waiting").then().body("items.id", hasItem(id));
    Server.given().body("{}").post("/api/v1/proposals/{id}/reject", id).then().statusCode(400);
    Server.given()
        .body("{\"reason\": \"Its answers became longer.\"}")
        .post("/api/v1/proposals/{id}/reject", id)
        .then()
        .statusCode(200)
        .body("state", equalTo("rejected"))
        .body("reason", equalTo("Its answers became longer."));
    Server.given().get("/api/v1/proposals?state=waiting").then().body("items.id", not(hasItem(id)));
    Server.given().body("{}").post("/api/v1/proposals/{id}/approve", id).then().statusCode(409);
    assertThat(Server.show(proposal.getString("runId")).getString("state")).isEqualTo("held");
    assertThat(versions(Path.of(proposal.getString("database")))).isEqualTo(1);
  }

  @Test
  void what_is_not_there_cannot_be_decided() {
    Server.given().get("/api/v1/proposals/none").then().statusCode(404);
    Server.given().body("{}").post("/api/v1/proposals/none/approve").then().statusCode(404);
    Server.given().get("/api/v1/promotions/none").then().statusCode(404);
    Server.given().post("/api/v1/promotions/none/rollback").then().statusCode(404);
  }

  @Test
  void the_sandbox_can_be_switched_off_and_on() {
    Server.given()
        .body("{\"on\": false}")
        .put("/api/v1/sandbox")
        .then()
        .statusCode(200)
        .body("on", equalTo(false));
    try {
      Server.given()
          .body(Server.newRun())
          .post("/api/v1/runs")
          .then()
          .statusCode(409)
          .body("code", equalTo("LB-8007"));
    } finally {
      Server.given().body("{\"on\": true}").put("/api/v1/sandbox").then().body("on", equalTo(true));
    }
    Server.given().body("{\"on\": \"yes\"}").put("/api/v1/sandbox").then().statusCode(400);
  }

  @Test
  void a_proposed_model_is_shown_as_one_and_becomes_the_agents_model() throws Exception {
    JsonPath proposal = proposal("model.db");
    String id = proposal.getString("id");
    String file = "jdbc:sqlite:" + Server.folder().resolve("home/bridge.db");
    try (Connection bridge = DriverManager.getConnection(file);
        Statement statement = bridge.createStatement()) {
      statement.execute(
          """
          INSERT INTO models VALUES ('m1', '%s', 'small-sft-1', 'sft', '/models/small', '/w', NULL,
              'trl', '{}', '{"loss_first": 2.5, "loss_last": 1.25}', NULL, '{}', 'proposed', 1)
          """
              .formatted(proposal.getString("runId")));
      statement.execute("UPDATE proposals SET model = 'small-sft-1' WHERE id = '%s'".formatted(id));
    }

    Server.given()
        .accept("text/html")
        .get("/proposals/{id}", id)
        .then()
        .statusCode(200)
        .body(containsString("What changes in the model"))
        .body(containsString("azure/gpt-4o"))
        .body(containsString("small-sft-1"))
        .body(containsString("loss 2.500 → 1.250"));
    Server.given().get("/api/v1/proposals/{id}", id).then().body("model", equalTo("small-sft-1"));
    Server.given().body("{}").post("/api/v1/proposals/{id}/approve", id).then().statusCode(200);

    try (CampDatabase camp =
        CampDatabase.open(Path.of(proposal.getString("database")), CampDatabase.Options.DEFAULT)) {
      assertThat(camp.corpus().agentVersions().getLast().model().modelId())
          .isEqualTo("small-sft-1");
    }
  }
}
