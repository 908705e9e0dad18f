package dev.lightningbridge.rollouts.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.needs.Environments;
import dev.lightningbridge.needs.NeedsEnvironment;
import dev.lightningbridge.rollouts.RolloutStatus;
import dev.lightningbridge.rollouts.RolloutStore;
import dev.lightningbridge.workshop.Workshop;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The store's REST door. */
@QuarkusTest
@WithTestResource(AglLab.class)
class StoreProtocolTest {
  private static final String ROLLOUTS = "/agl/mood/v1/agl/rollouts";

  @Inject Workshop workshop;

  @Test
  @NeedsEnvironment(EnvironmentKind.APO)
  void agentlightning_s_own_client_and_exporter_find_a_store_as_they_know_it() throws Exception {
    String address = address("other", token("other"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Environments.of(EnvironmentKind.APO).python().toString(),
                "src/test/python/agl_client.py",
                address,
                address("mood", token("other")))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    // Agentlightning 0.3.0 tells its exporter where to send in a way that newer exporters ignore.
    builder.environment().put("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", address + "/v1/traces");
    Process client = builder.start();
    String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(client.waitFor()).isZero();
    JsonNode told = Json.read(said, JsonNode.class);
    assertThat(told.path("refused").toString()).isEqualTo("[404,404,400,400,404]");
    assertThat(told.path("total_rollouts").asInt()).isEqualTo(5);
    assertThat(told.path("spans").toString())
        .isEqualTo("[\"agentlightning.message\",\"openai.chat.completion\"]");
    RolloutStore store = new RolloutStore(workshop.database(), "other");
    assertThat(store.find(told.path("rollout").asText()).orElseThrow().status())
        .isEqualTo(RolloutStatus.SUCCEEDED);
  }

  @Test
  void a_token_opens_its_agent_s_store_and_nothing_else() throws IOException {
    assertThat(status(bearer(token("mood")), ROLLOUTS)).isEqualTo(200);
    assertThat(status(basic(token("mood")), ROLLOUTS)).isEqualTo(200);
    assertThat(status(bearer(token("mood")), "/agl/other/v1/agl/rollouts")).isEqualTo(404);
    assertThat(status(bearer(token("mood")), "/agl/nobody/v1/agl/rollouts")).isEqualTo(404);
    assertThat(status(bearer(token("mood")), "/agl/mood/v1/agl/nothing")).isEqualTo(404);
    assertThat(status(bearer(token("mood")), "/api/v1/runs")).isEqualTo(401);
    assertThat(status(bearer(token("mood")), "/capture/mood/v1/models")).isEqualTo(401);
    assertThat(status(basic(token("mood")), "/api/v1/runs")).isEqualTo(401);
    assertThat(status(bearer(token("quiet")), "/agl/quiet/v1/agl/rollouts")).isEqualTo(404);
  }

  @Test
  void the_servers_health_counts_rollouts_and_runners_and_names_no_agent() {
    RolloutStore store = new RolloutStore(workshop.database(), "mood");
    store.enqueue(Json.mapper().valueToTree(Map.of("input", "x")), null, null, null, null);
    String asked = RestAssured.get("/q/health/ready").then().statusCode(200).extract().asString();
    JsonPath before = agl(asked);
    store.enqueue(Json.mapper().valueToTree(Map.of("input", "y")), null, null, null, null);
    store.dequeue(1, "runner-of-health");
    JsonPath after = agl(RestAssured.get("/q/health/ready").asString());

    assertThat(before.getInt("stores")).as("one is switched off").isEqualTo(2);
    assertThat(after.getInt("waiting")).isEqualTo(before.getInt("waiting"));
    assertThat(after.getInt("running")).isEqualTo(before.getInt("running") + 1);
    assertThat(after.getInt("runners")).isEqualTo(before.getInt("runners") + 1);
    assertThat(asked).doesNotContain("mood");
  }

  private static JsonPath agl(String health) {
    return new JsonPath(health).setRootPath("checks.find { it.name == 'agl' }.data");
  }

  @Test
  void without_its_token_nobody_learns_whether_there_is_a_store() {
    for (String agent : new String[] {"mood", "nobody"}) {
      String path = "/agl/" + agent + "/v1/agl/rollouts";
      assertThat(status(RestAssured.given(), path)).isEqualTo(401);
      assertThat(status(bearer(AglLab.TOKEN), path)).as("the server's own").isEqualTo(401);
      assertThat(status(basic(AglLab.TOKEN), path)).isEqualTo(401);
      assertThat(status(RestAssured.given().header("Authorization", "Basic é"), path))
          .isEqualTo(401);
    }
  }

  @Test
  void what_cannot_be_understood_is_refused_in_words() throws IOException {
    for (String body :
        new String[] {"{", "[1]", "{\"rollouts\": [{\"mode\": \"no\", \"input\": 1}]}"}) {
      bearer(token("mood"))
          .contentType(ContentType.JSON)
          .body(body)
          .post("/agl/mood/v1/agl/queues/rollouts/enqueue")
          .then()
          .statusCode(400);
    }
    bearer(token("mood"))
        .contentType(ContentType.TEXT)
        .body("x")
        .post("/agl/mood/v1/traces")
        .then()
        .statusCode(415);
    bearer(token("mood")).post("/agl/mood/v1/metrics").then().statusCode(501);
  }

  private static int status(RequestSpecification given, String path) {
    return given.get(path).statusCode();
  }

  private static RequestSpecification bearer(String token) {
    return RestAssured.given().header("Authorization", "Bearer " + token);
  }

  private static RequestSpecification basic(String token) {
    return RestAssured.given().auth().preemptive().basic("bridge", token);
  }

  private static String token(String agent) throws IOException {
    Path folder = Path.of(ConfigProvider.getConfig().getValue(AglLab.FOLDER, String.class));
    return Files.readString(folder.resolve("home/agl/" + agent + ".token")).strip();
  }

  private static String address(String agent, String token) {
    return "http://bridge:%s@localhost:%d/agl/%s".formatted(token, RestAssured.port, agent);
  }
}
