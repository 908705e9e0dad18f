package dev.lightningbridge.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.camp.AgentVersionWriter;
import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.PromotionRequest;
import dev.lightningbridge.corpus.Session;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;

/** What tests do as an application of an agent, and as the server's owner. */
final class App {
  private App() {}

  static String setting(String name) {
    return ConfigProvider.getConfig().getValue(name, String.class);
  }

  static Path folder() {
    return Path.of(setting(CaptureLab.FOLDER));
  }

  static Path database() {
    return folder().resolve("databases/apps.db");
  }

  static String token(String agent) {
    try {
      return Files.readString(folder().resolve("home/capture/" + agent + ".token")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RequestSpecification with(String token) {
    return RestAssured.given()
        .header("Authorization", "Bearer " + token)
        .contentType(ContentType.JSON);
  }

  /** With the server's own token. */
  static RequestSpecification owner() {
    return with(CaptureLab.TOKEN);
  }

  static RequestSpecification agent(String name) {
    return with(token(name));
  }

  static String body(String model, String prompt, String input) {
    return Json.write(
        Map.of(
            "model",
            model,
            "messages",
            List.of(
                Map.of("role", "system", "content", prompt),
                Map.of("role", "user", "content", input))));
  }

  /** A call that is answered; gives the attempt's id. */
  static String call(String agent, String prompt, String input) {
    return ask(agent(agent), agent, body("echo", prompt, input))
        .then()
        .statusCode(200)
        .extract()
        .header("X-Attempt-Id");
  }

  static Response ask(RequestSpecification given, String agent, String body) {
    return given.body(body).post("/capture/{agent}/v1/chat/completions", agent);
  }

  static JsonPath standing(String agent) {
    return new JsonPath(owner().get("/api/v1/agents").asString())
        .setRootPath("items.find { it.name == '" + agent + "' }");
  }

  static long counted(String agent, String why) {
    Integer count = standing(agent).get("unrecorded." + why);
    return count == null ? 0 : count;
  }

  /** The attempt, once it is in the database. */
  static Attempt recorded(String attemptId) throws InterruptedException {
    until(() -> attempts().stream().anyMatch(a -> a.id().equals(attemptId)));
    return attempts().stream().filter(a -> a.id().equals(attemptId)).findFirst().orElseThrow();
  }

  static List<Attempt> attempts() {
    if (!Files.exists(database())) {
      return List.of();
    }
    try (CampDatabase camp = CampDatabase.open(database(), CampDatabase.Options.DEFAULT);
        Stream<Attempt> attempts = camp.corpus().attempts()) {
      List<Attempt> all = attempts.toList();
      assertThat(camp.corpus().skipped()).isEmpty();
      return all;
    }
  }

  /** Another prompt takes the place of the one that the attempt was made with. */
  static void promote(Attempt attempt, String old, String better) {
    AgentVersionWriter.open(database(), Clock.systemUTC(), UUID::randomUUID)
        .promote(
            new PromotionRequest(
                "run-of-" + attempt.id(),
                attempt.sessionId(),
                attempt.lineageId(),
                Objects.requireNonNull(attempt.agentVersionId()),
                old,
                better,
                null,
                "It is better.",
                "A test.",
                false,
                null));
  }

  static String sessionName(String sessionId) {
    try (CampDatabase camp = CampDatabase.open(database(), CampDatabase.Options.DEFAULT)) {
      return camp.corpus().sessions().stream()
          .filter(s -> s.id().equals(sessionId))
          .map(Session::name)
          .findFirst()
          .orElseThrow();
    }
  }

  static void until(BooleanSupplier condition) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
      never.await(100, TimeUnit.MILLISECONDS);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
