package dev.lightningbridge.api;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.lightningbridge.store.EarlierHome;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server on a home folder that an earlier release has made. */
@QuarkusTest
@WithTestResource(
    value = EarlierHomeServerTest.Lab.class,
    scope = TestResourceScope.RESTRICTED_TO_CLASS)
class EarlierHomeServerTest {
  private static final int SHOWN = 5;

  /** Of a run's result in the release that has made the home. */
  /** What results say since then. */
  private static final Set<String> MEMBERS_SINCE = Set.of("priceKnown");

  private static final Set<String> MEMBERS =
      Set.of(
          "runId",
          "engine",
          "sandbox",
          "state",
          "verdict",
          "reason",
          "remarks",
          "chosen",
          "baseline",
          "winner",
          "tasks",
          "grader",
          "judge",
          "test",
          "groups",
          "losses",
          "rollouts",
          "deciding",
          "stopReason",
          "calls",
          "tokens",
          "usd",
          "turnedDown",
          "prompt",
          "diff",
          "findings",
          "model",
          "proposalId",
          "promotionId",
          "report",
          "skipped");

  /** The home folder, and its token. */
  public static final class Lab implements QuarkusTestResourceLifecycleManager {
    private Path folder = Path.of("");

    @Override
    public Map<String, String> start() {
      try {
        folder = Files.createTempDirectory("lightning-bridge-earlier").toRealPath();
        EarlierHome home = EarlierHome.in(folder);
        Files.writeString(home.path().resolve("token"), ServerLab.TOKEN + "\n");
        return Map.of(
            "lightning-bridge.home",
            home.path().toString(),
            "lightning-bridge.databases",
            home.camp().getParent().toString());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void stop() {
      ServerFolder.delete(folder);
    }
  }

  @Test
  void its_runs_proposals_schedule_and_model_are_listed() {
    Server.given()
        .get("/api/v1/runs")
        .then()
        .statusCode(200)
        .body("items", hasSize(SHOWN))
        .body("items.find { it.id == '" + EarlierHome.HELD + "' }.state", equalTo("held"));
    Server.given()
        .get("/api/v1/proposals")
        .then()
        .statusCode(200)
        .body(
            "items.runId",
            containsInAnyOrder(EarlierHome.TRAINED, EarlierHome.PROMOTED, EarlierHome.WAITING));
    Server.given()
        .get("/api/v1/schedules/" + EarlierHome.SCHEDULE)
        .then()
        .statusCode(200)
        .body("schedule.search.leastEffect", equalTo(0.05f))
        .body("schedule.search.engine", equalTo("auto"))
        .body("schedule.search.settings.beamWidth", equalTo(2))
        .body("schedule.model.names.judge", equalTo("gpt-4o"))
        .body("schedule.nightLimits.calls", equalTo(2000));
    Server.given().get("/api/v1/models").then().body("items", hasSize(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {EarlierHome.TRAINED, EarlierHome.PROMOTED, EarlierHome.HELD, EarlierHome.WAITING})
  void a_run_is_shown_with_what_was_asked_its_result_and_its_log(String id) {
    Server.given()
        .get("/api/v1/runs/{id}", id)
        .then()
        .statusCode(200)
        .body("request.strategy", equalTo("racing"))
        .body("request.settings.beamWidth", equalTo(2))
        .body("request.policy.leastEffect", notNullValue())
        .body("result.runId", equalTo(id))
        .body("result.tasks.test", equalTo(16))
        .body("result.test", notNullValue())
        .body("result.calls", notNullValue());
    Server.given().get("/api/v1/runs/{id}/log", id).then().body("items[0].sequence", equalTo(1));
    Server.given()
        .get("/runs/{id}", id)
        .then()
        .statusCode(200)
        .body(containsString("sealed test tasks"));
  }

  @Test
  void its_pages_show_what_is_in_it() {
    for (String page : new String[] {"/", "/runs", "/schedule", "/models", "/judges"}) {
      Server.given().get(page).then().statusCode(200);
    }
    Server.given().get("/schedule").then().body(containsString("Every night"));
    String proposal =
        Server.given()
            .get("/api/v1/proposals")
            .path("items.find { it.runId == '" + EarlierHome.WAITING + "' }.id");
    Server.given()
        .get("/proposals/{id}", proposal)
        .then()
        .statusCode(200)
        .body(containsString("Approve"));
  }

  @Test
  void the_run_that_was_killed_is_resumed_to_its_end() throws Exception {
    Server.given().post("/api/v1/runs/{id}/resume", EarlierHome.KILLED).then().statusCode(202);
    JsonPath ended = Server.ended(EarlierHome.KILLED);
    assertThat(ended.getString("state"))
        .as(ended.getString("error"))
        .isEqualTo("waiting_for_approval");
    assertThat(ended.getString("result.verdict")).isEqualTo("PROMOTE");
    Server.given()
        .get("/runs/{id}", EarlierHome.KILLED)
        .then()
        .statusCode(200)
        .body(containsString("sealed test tasks"));
  }

  @Test
  void a_result_has_the_members_that_it_had_and_the_document_of_the_api_names_them() {
    JsonPath run = Server.given().get("/api/v1/runs/{id}", EarlierHome.WAITING).jsonPath();
    Set<String> told =
        run.getMap("result").keySet().stream().map(Object::toString).collect(toSet());
    assertThat(told).contains("verdict", "tasks", "test", "calls", "prompt", "proposalId");
    assertThat(MEMBERS).containsAll(told);
    JsonPath api = Server.given().get("/q/openapi?format=json").jsonPath();
    assertThat(api.<String, Object>getMap("components.schemas.RunResult.properties").keySet())
        .containsAll(MEMBERS)
        .hasSize(MEMBERS.size() + MEMBERS_SINCE.size())
        .containsAll(MEMBERS_SINCE);
  }
}
