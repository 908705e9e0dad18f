package dev.lightningbridge.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.needs.Environments;
import dev.lightningbridge.needs.NeedsEnvironment;
import dev.lightningbridge.rollouts.RolloutStatus;
import dev.lightningbridge.rollouts.RolloutStore;
import dev.lightningbridge.workshop.Workshop;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Agents in agentlightning's own runners whose model is behind the capture. */
@QuarkusTest
@WithTestResource(CaptureLab.class)
@Timeout(300)
class CapturedRunnersTest {
  private static final String NAME = CaptureLab.RUNNERS;

  @Inject Workshop workshop;
  private @Nullable Process runner;

  @AfterEach
  void its_end() throws InterruptedException {
    if (runner != null) {
      runner.descendants().forEach(ProcessHandle::destroyForcibly);
      runner.destroyForcibly().waitFor();
    }
  }

  @Test
  @NeedsEnvironment(EnvironmentKind.APO)
  void an_agent_of_the_examples_is_captured_with_nothing_changed_but_its_models_address()
      throws Exception {
    List<String> plain = Stream.of("Mail 1", "Mail 2").map(mail -> asked("llm", mail)).toList();
    List<String> named =
        Stream.of("Mail 3", "Mail 4").map(mail -> asked("proxy_llm", mail)).toList();
    runner = runner("docs/examples/agent_agl.py");

    played(plain);
    played(named);
    App.until(() -> calls("Mail").size() == 4);

    assertThat(calls("Mail"))
        .allMatch(call -> "Answer {briefly}.".equals(call.systemPrompt()))
        .allMatch(call -> call.output() != null && call.output().equals("Re: " + call.input()))
        .extracting(Attempt::rolloutId)
        .doesNotHaveDuplicates();
    scored(named.getFirst(), "Mail 3");
  }

  @Test
  @NeedsEnvironment(EnvironmentKind.APO)
  void all_calls_of_a_rollout_are_one_rollout_where_its_runner_asks_for_the_models_address()
      throws Exception {
    List<String> rollouts =
        Stream.of("Note 1", "Note 2").map(note -> asked("proxy_llm", note)).toList();
    runner = runner("src/test/python/agl_two_calls.py");

    played(rollouts);
    App.until(() -> calls("Note").size() == 4);

    for (String note : List.of("Note 1", "Note 2")) {
      assertThat(calls(note)).extracting(Attempt::input).contains(note, "Review: Re: " + note);
      assertThat(calls(note).stream().map(Attempt::rolloutId).distinct()).hasSize(1);
    }
    scored(rollouts.getLast(), "Review: Re: Note 2");
  }

  @Test
  void a_rollout_in_the_address_is_the_trace_and_the_callers_own_trace_goes_before()
      throws Exception {
    String address = "/capture/" + NAME + "/rollout/ro-7/attempt/at-1/v1/chat/completions";
    String first = called(Map.of(), address, "Line 1");
    String second = called(Map.of(), address.replace("at-1", "at-2"), "Line 2");
    String other = called(Map.of("X-Trace-Id", "theirs"), address, "Line 3");

    assertThat(App.recorded(first).rolloutId()).isEqualTo(App.recorded(second).rolloutId());
    assertThat(App.recorded(other).rolloutId()).isNotEqualTo(App.recorded(first).rolloutId());
  }

  @Test
  void an_agents_token_opens_no_other_agents_address_by_a_rollout() {
    for (String path :
        List.of(
            "/capture/support/rollout/ro-7/attempt/at-1/v1/models",
            "/capture/%s/rollout/ro-7/attempt/at-1/v1/../../../../../support/v1/models"
                .formatted(NAME),
            "/capture/%s%%2F..%%2Fsupport/rollout/ro-7/attempt/at-1/v1/models".formatted(NAME))) {
      assertThat(App.agent(NAME).urlEncodingEnabled(false).get(path).statusCode())
          .as(path)
          .isIn(401, 404);
    }
    App.agent(NAME)
        .get("/capture/" + NAME + "/rollout/ro-7/attempt/at-1/v1/models")
        .then()
        .statusCode(200);
  }

  private static String called(Map<String, String> headers, String address, String input) {
    return App.agent(NAME)
        .headers(headers)
        .body(App.body("echo", "Answer {briefly}.", input))
        .post(address)
        .then()
        .statusCode(200)
        .extract()
        .header("X-Attempt-Id");
  }

  private RolloutStore store() {
    return new RolloutStore(workshop.database(), NAME);
  }

  /** A rollout that waits for its runner; gives its id. */
  private String asked(String kind, String input) {
    String resources =
        store()
            .addResources(
                Json.mapper()
                    .valueToTree(
                        Map.of(
                            "main_llm",
                            Map.of(
                                "resource_type",
                                kind,
                                "endpoint",
                                url("capture", "") + "/v1",
                                "model",
                                "echo",
                                "api_key",
                                App.token(NAME)),
                            "prompt_template",
                            Map.of(
                                "resource_type",
                                "prompt_template",
                                "template",
                                "Answer {{briefly}}.",
                                "engine",
                                "f-string"))));
    JsonNode task = Json.mapper().valueToTree(Map.of("input", input));
    return store().enqueue(task, "train", resources, null, null).id();
  }

  private void played(List<String> rollouts) throws InterruptedException {
    // For as long as the test may take: a runner needs a while to load agentlightning.
    while (!rollouts.stream()
        .allMatch(id -> store().find(id).orElseThrow().status().isFinished())) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(rollouts)
        .allMatch(id -> store().find(id).orElseThrow().status() == RolloutStatus.SUCCEEDED)
        .allMatch(id -> !store().spans(id).isEmpty());
  }

  private static List<Attempt> calls(String word) {
    return App.attempts().stream()
        .filter(call -> call.input().contains(word))
        .filter(call -> App.sessionName(call.sessionId()).equals(NAME))
        .toList();
  }

  /** The application scores the rollout by the id that agentlightning gave it. */
  private static void scored(String rollout, String input) {
    App.agent(NAME)
        .body(Map.of("score", 9))
        .post("/api/v1/traces/{trace}/score", rollout)
        .then()
        .statusCode(200)
        .body("score", equalTo(9));
    assertThat(calls(input))
        .anyMatch(
            call ->
                call.input().equals(input) && call.score() != null && call.score().value() == 9);
  }

  private static String url(String door, String user) {
    return "http://%slocalhost:%d/%s/%s".formatted(user, RestAssured.port, door, NAME);
  }

  private static Process runner(String script) throws IOException {
    String token = Files.readString(App.folder().resolve("home/agl/" + NAME + ".token")).strip();
    String store = url("agl", "bridge:" + token + "@");
    ProcessBuilder builder =
        new ProcessBuilder(Environments.of(EnvironmentKind.APO).python().toString(), script);
    builder
        .environment()
        .putAll(
            Map.of(
                "LIGHTNING_BRIDGE_STORE", store,
                "RUNNERS", "2",
                "LITELLM_LOCAL_MODEL_COST_MAP", "True"));
    return builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(App.folder().resolve("runner.log").toFile())
        .start();
  }
}
