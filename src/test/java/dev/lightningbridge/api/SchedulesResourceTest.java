package dev.lightningbridge.api;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ServerLab.class)
class SchedulesResourceTest {
  private static Map<String, Object> nightly() {
    return new HashMap<>(
        Map.of(
            "name",
            "Nightly",
            "enabled",
            true,
            "database",
            Server.database(),
            "cron",
            "0 2 * * *",
            "zone",
            "Europe/Berlin",
            "newScores",
            500,
            "sandbox",
            true,
            "sandboxSeed",
            7,
            "nightLimits",
            Map.of("calls", 10)));
  }

  @Test
  void a_schedule_is_put_shown_run_and_removed() {
    Server.given()
        .body(nightly())
        .put("/api/v1/schedules/nightly")
        .then()
        .statusCode(200)
        .body("schedule.cron", equalTo("0 2 * * *"))
        .body("schedule.model.sandboxSeed", equalTo(7))
        .body("schedule.search.earlyStop", equalTo(true))
        .body("nextAt", notNullValue());
    Server.given().get("/api/v1/schedules").then().body("items.schedule.id", hasItem("nightly"));
    String night =
        Server.given()
            .post("/api/v1/schedules/nightly/run")
            .then()
            .statusCode(202)
            .body("asked", equalTo(true))
            .extract()
            .path("id");
    Server.given().get("/api/v1/nights/{id}", night).then().statusCode(200);
    Server.given().get("/api/v1/nights?limit=1").then().body("items.id", hasItem(night));
    Server.given().delete("/api/v1/schedules/nightly").then().statusCode(204);
    Server.given().delete("/api/v1/schedules/nightly").then().statusCode(404);
  }

  @Test
  void a_schedule_can_have_its_tests_carried_out_to_their_end() {
    Map<String, Object> schedule = nightly();
    schedule.put("earlyStop", false);
    Server.given()
        .body(schedule)
        .put("/api/v1/schedules/to-the-end")
        .then()
        .statusCode(200)
        .body("schedule.search.earlyStop", equalTo(false));
    Server.given().delete("/api/v1/schedules/to-the-end").then().statusCode(204);
  }

  @Test
  void a_schedule_keeps_examples_out_of_prompts_and_pools_where_that_is_asked_for() {
    Map<String, Object> schedule = nightly();
    schedule.put("noDemonstrations", true);
    schedule.put("pool", List.of("same-need"));
    Server.given()
        .body(schedule)
        .put("/api/v1/schedules/plain")
        .then()
        .statusCode(200)
        .body("schedule.search.noDemonstrations", equalTo(true))
        .body("schedule.search.asPlainPrompt", equalTo(false))
        .body("schedule.pool", equalTo(List.of("same-need")));
    Server.given()
        .get("/api/v1/schedules")
        .then()
        .body("items.schedule.search.noDemonstrations", hasItem(true));
    Server.given().delete("/api/v1/schedules/plain").then().statusCode(204);
  }

  @Test
  void a_time_and_days_say_when_it_is_due_without_cron() {
    Map<String, Object> schedule = nightly();
    schedule.remove("cron");
    schedule.put("time", "02:30");
    schedule.put("days", List.of("mon", "fri"));
    Server.given()
        .body(schedule)
        .put("/api/v1/schedules/weekly")
        .then()
        .statusCode(200)
        .body("schedule.cron", equalTo("30 2 * * 1,5"));
    Server.given().delete("/api/v1/schedules/weekly").then().statusCode(204);
    schedule.put("cron", "0 2 * * *");
    Server.given()
        .body(schedule)
        .put("/api/v1/schedules/weekly")
        .then()
        .statusCode(422)
        .body("code", equalTo("LB-7122"));
    schedule.keySet().removeAll(List.of("cron", "time"));
    Server.given().body(schedule).put("/api/v1/schedules/weekly").then().statusCode(422);
  }

  @Test
  void a_lineage_that_the_database_does_not_have_is_named() {
    Map<String, Object> schedule = nightly();
    schedule.put("lineageIds", List.of("none"));
    Server.given()
        .body(schedule)
        .put("/api/v1/schedules/chosen")
        .then()
        .statusCode(404)
        .body("code", equalTo("LB-7103"));
  }

  @Test
  void a_schedule_that_cannot_be_is_refused() {
    for (Map.Entry<String, Object> wrong :
        Map.<String, Object>of("cron", "every night", "zone", "Mars", "database", "none")
            .entrySet()) {
      Map<String, Object> schedule = nightly();
      schedule.put(wrong.getKey(), wrong.getValue());
      int status =
          Server.given()
              .body(schedule)
              .put("/api/v1/schedules/wrong")
              .then()
              .extract()
              .statusCode();
      org.assertj.core.api.Assertions.assertThat(status).as(wrong.toString()).isIn(404, 422);
    }
    Server.given().body(nightly()).put("/api/v1/schedules/a b").then().statusCode(400);
    Server.given().get("/api/v1/schedules/none").then().statusCode(404);
    Server.given().get("/api/v1/nights/none").then().statusCode(404);
  }
}
