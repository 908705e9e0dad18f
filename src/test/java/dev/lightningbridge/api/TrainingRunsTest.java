package dev.lightningbridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.lightningbridge.runs.PlayedTraining;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings over REST, with a trainer that makes nothing and models that the sandbox plays. */
@QuarkusTest
@TestProfile(PlayedTrainingProfile.class)
@WithTestResource(ServerLab.class)
class TrainingRunsTest {
  @Inject PlayedTraining played;

  @BeforeEach
  @AfterEach
  void nothing_special() {
    played.trained.clear();
    played.whileTraining = cancellation -> {};
  }

  private static Map<String, Object> training(Map<String, Object> settings) {
    Map<String, Object> run = new HashMap<>(Server.newRun());
    run.remove("engine");
    run.remove("limits");
    Map<String, Object> training = new HashMap<>(settings);
    training.putIfAbsent("algorithm", "sft");
    if (!"rl".equals(training.get("algorithm"))) {
      training.putIfAbsent("minScore", 1);
    }
    training.putIfAbsent("baseModel", baseModel());
    run.put("training", training);
    return run;
  }

  private static String baseModel() {
    return Server.given()
        .get("/api/v1/base-models")
        .then()
        .statusCode(200)
        .body("items.size()", equalTo(1))
        .body("items[0].name", equalTo("small"))
        .body("items[0].bytes", equalTo(4 + "weights".length()))
        .body("folders.size()", equalTo(1))
        .extract()
        .path("items[0].id");
  }

  @Test
  void a_model_is_trained_listed_promoted_and_rolled_back() throws Exception {
    String id = Server.start(training(Map.of("steps", 3)));
    JsonPath ended = Server.ended(id);

    assertThat(ended.getString("state")).isEqualTo("waiting_for_approval");
    assertThat(ended.getString("algorithm")).isEqualTo("sft");
    assertThat(ended.getInt("request.training.steps")).isEqualTo(3);
    assertThat(ended.getString("result.reason")).startsWith("The trained model is better");
    String name = ended.getString("model.name");
    assertThat(name).isEqualTo("small-sft-" + id.substring(0, 8));
    assertThat(played.trained.getFirst().settings().loraRank()).isEqualTo(16);
    assertThat(played.trained.getFirst().settings().overrides()).isEmpty();
    JsonPath log = Server.given().get("/api/v1/runs/{id}/log", id).jsonPath();
    assertThat(log.getList("items.findAll { it.type == 'training_step' }.body.step"))
        .isEqualTo(List.of(1, 2, 3));
    Server.given()
        .get("/api/v1/models/{name}", name)
        .then()
        .statusCode(200)
        .body("runId", equalTo(id))
        .body("state", equalTo("proposed"))
        .body("metrics.loss_last", equalTo(1.5f))
        .body("split.test.size()", equalTo(ended.getInt("result.tasks.test")));

    String proposal = ended.getString("result.proposalId");
    Server.given()
        .get("/api/v1/proposals/{id}", proposal)
        .then()
        .body("model", equalTo(name))
        .body("trained.baseModel", equalTo(Server.folder().resolve("models/small").toString()));
    String promotion =
        Server.given()
            .body("{}")
            .post("/api/v1/proposals/{id}/approve", proposal)
            .then()
            .statusCode(200)
            .extract()
            .path("promotionId");
    Server.given().get("/api/v1/models/{m}", name).then().body("state", equalTo("promoted"));
    Server.given().post("/api/v1/promotions/{id}/rollback", promotion).then().statusCode(200);
    Server.given().get("/api/v1/models/{m}", name).then().body("state", equalTo("rolled_back"));
  }

  @Test
  void a_training_is_cancelled_and_resumed() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    played.whileTraining =
        cancellation -> {
          try {
            never.await(100, TimeUnit.MILLISECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        };
    String id = Server.start(training(Map.of("steps", 500)));
    Server.until(() -> !played.trained.isEmpty());
    Server.given()
        .get("/api/v1/runs/{id}", id)
        .then()
        .body("algorithm", equalTo("sft"))
        .body("model", nullValue());
    Server.given().post("/api/v1/runs/{id}/cancel", id).then().statusCode(202);
    assertThat(Server.ended(id).getString("state")).isEqualTo("cancelled");
    played.whileTraining = cancellation -> {};
    Server.given().post("/api/v1/runs/{id}/resume", id).then().statusCode(202);
    assertThat(Server.ended(id).getString("state")).isEqualTo("waiting_for_approval");
    Server.given()
        .body(Map.of("reason", "a trial"))
        .post("/api/v1/proposals/{id}/reject", Server.show(id).getString("result.proposalId"))
        .then()
        .statusCode(200);
    Server.given()
        .get("/api/v1/models/{m}", Server.show(id).getString("model.name"))
        .then()
        .body("state", equalTo("held"));
  }

  @Test
  void the_models_are_told_page_by_page_and_each_once() throws Exception {
    for (int i = 0; i < 3; i++) {
      Map<String, Object> run = training(Map.of("steps", 1));
      run.remove("model");
      run.remove("acceptJudge");
      assertThat(Server.ended(Server.start(run)).getString("state"))
          .as("no model judges it")
          .isEqualTo("held");
    }
    JsonPath first = Server.given().get("/api/v1/models?limit=2").jsonPath();
    assertThat(first.getList("items")).hasSize(2);
    assertThat(first.getList("items.split")).containsOnlyNulls();
    List<String> names = first.getList("items.name");
    JsonPath second =
        Server.given()
            .queryParam("cursor", first.getString("next"))
            .get("/api/v1/models")
            .jsonPath();
    assertThat(second.getList("items.name", String.class))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(names);
    Server.given().get("/api/v1/models?cursor=nonsense").then().body("code", equalTo("LB-8012"));
    Server.given()
        .get("/api/v1/models/none")
        .then()
        .statusCode(404)
        .body("code", equalTo("LB-7118"));
  }

  @Test
  void what_a_training_would_call_is_told_before() {
    Server.given()
        .body(training(Map.of()))
        .post("/api/v1/runs/estimate")
        .then()
        .statusCode(200)
        .body("training.measured", equalTo(true))
        .body("training.needed", equalTo(8))
        .body("training.steps", notNullValue())
        .body("usd", equalTo(0f));
    assertThat(played.trained).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "baseModel, /models/link, 403, LB-8014",
    "baseModel, /elsewhere, 403, LB-8014",
    "baseModel, /models/../elsewhere, 403, LB-8014",
    "baseModel, /models/leaking, 403, LB-8014",
    "baseModel, /models/none, 404, LB-8015",
    "baseModel, /models/empty, 422, LB-6022",
    "baseModel, ffffffffffffffff, 404, LB-8015",
    "algorithm, ppo, 400, LB-8006",
    "overrides, x, 400, LB-8006"
  })
  void a_base_model_is_one_below_the_servers_folders(
      String member, String value, int status, String code) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(member, value.startsWith("/") ? Server.folder() + value : value);
    Server.given()
        .body(training(settings))
        .post("/api/v1/runs")
        .then()
        .statusCode(status)
        .body("code", equalTo(code));
    assertThat(Path.of(Server.folder() + "/models/link")).isDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "gpus, 2, 422",
    "steps, 0, 400",
    "batch, 5000, 400",
    "learningRate, 0, 400",
    "loraRank, 1.5, 400"
  })
  void settings_that_do_not_go_together_or_are_out_of_bounds_are_refused(
      String member, double value, int status) {
    Object number = value == Math.rint(value) ? (Object) (long) value : (Object) value;
    Server.given()
        .body(training(Map.of(member, number)))
        .post("/api/v1/runs")
        .then()
        .statusCode(status)
        .body("code", equalTo(status == 422 ? "LB-8017" : "LB-8006"));
  }

  @Test
  void reinforcement_learning_needs_a_reward() {
    Map<String, Object> run = training(Map.of("algorithm", "rl", "cpuTrial", true));
    run.remove("model");
    run.remove("acceptJudge");
    Server.given()
        .body(run)
        .post("/api/v1/runs")
        .then()
        .statusCode(422)
        .body("detail", containsString("nothing gives a reward"));
  }
}
