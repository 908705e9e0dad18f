package dev.lightningbridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.ConfigProvider;

/** What tests ask of the server that runs for them. */
final class Server {
  private Server() {}

  static Path folder() {
    return Path.of(ConfigProvider.getConfig().getValue(ServerLab.FOLDER, String.class));
  }

  /** A request with the token. */
  static RequestSpecification given() {
    return RestAssured.given()
        .header("Authorization", "Bearer " + ServerLab.TOKEN)
        .contentType(ContentType.JSON);
  }

  static String database() {
    return given().get("/api/v1/databases").path("items.find { it.path.endsWith('/camp.db') }.id");
  }

  static String session() {
    return given().get("/api/v1/databases/{id}/inspection", database()).path("sessions[0].id");
  }

  /** A run that takes a moment. */
  static Map<String, Object> newRun() {
    return Map.of(
        "database", database(),
        "sessionId", session(),
        "engine", "java",
        "grader", "judge",
        "acceptJudge", true,
        "model", Map.of("sandbox", Map.of("seed", 7)),
        "limits", Map.of("calls", 600));
  }

  static String start(Map<String, Object> run) {
    return given().body(run).post("/api/v1/runs").then().statusCode(202).extract().path("id");
  }

  /** The run when it has ended. */
  static JsonPath ended(String id) throws InterruptedException {
    until(() -> show(id).getString("finishedAt") != null);
    return show(id);
  }

  static JsonPath show(String id) {
    return given().get("/api/v1/runs/{id}", id).jsonPath();
  }

  static void until(BooleanSupplier condition) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 1200 && !condition.getAsBoolean(); i++) {
      never.await(50, TimeUnit.MILLISECONDS);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
