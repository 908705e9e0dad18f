package dev.lightningbridge.runs.models;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.ExitCode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.RunLab;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.RunError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointCheckTest {
  private static final PromptOptimizer NOTHING_FOUND =
      RunLab.engine(
          (job, context) -> new OptimizationResult(job.seedPrompt(), 0, StopReason.FINISHED));

  @TempDir Path folder;
  private final WireMockServer endpoint =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

  @BeforeEach
  void start() {
    endpoint.start();
    endpoint.stubFor(
        any(anyUrl())
            .willReturn(okJson("{\"choices\": [{\"message\": {\"content\": \"billing\"}}]}")));
  }

  @AfterEach
  void stop() {
    endpoint.stop();
  }

  private String url() {
    return "http://127.0.0.1:" + endpoint.port() + "/v1";
  }

  private OptimizeRequest request(RunLab lab, String url) throws IOException {
    StringBuilder lines = new StringBuilder();
    String expected = "billing";
    for (String input : RunLab.TRUTH.inputs(SandboxDomain.TRIAGE, 40)) {
      lines.append(Json.write(Map.of("input", input, "expected", expected))).append('\n');
      expected = expected.equals("billing") ? "shipping" : "billing";
    }
    Path tasks = Files.writeString(folder.resolve("tasks.jsonl"), lines);
    return lab.request(
        new ModelAccess.Endpoint(url, "NO_SUCH_VARIABLE", null, null),
        "contains",
        Limits.NONE,
        false,
        tasks,
        0);
  }

  @Test
  void each_model_is_called_once_before_the_run_and_counted() throws IOException {
    try (RunLab lab = new RunLab(folder, 1)) {
      RunResult result = lab.run(NOTHING_FOUND, request(lab, url()));

      // Agent, critic and editor are the same model here: one call.
      assertThat(requests()).isEqualTo(1 + result.rollouts().all().rollouts());
      assertThat(lab.events)
          .filteredOn(RunEvent.Note.class::isInstance)
          .anySatisfy(
              note ->
                  assertThat(note.toString())
                      .contains("The endpoint answers: ", "(for agent, critic, editor)"));
      assertThat(result.calls()).isEqualTo(requests());
    }
  }

  @Test
  void an_endpoint_that_knows_nothing_but_the_inputs_of_its_agent_can_be_used() throws IOException {
    endpoint.stubFor(
        any(anyUrl())
            .withRequestBody(containing("This is a test of the connection"))
            .willReturn(aResponse().withStatus(500)));
    try (RunLab lab = new RunLab(folder, 1)) {
      RunResult result = lab.run(NOTHING_FOUND, request(lab, url()));

      assertThat(result.verdict()).isEqualTo(Verdict.Decision.HOLD);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | {"error": {"message": "no such key"}}          | no such key (key: none: NO_SUCH_VARIABLE is not set) | --key-env
          402 | {"error": {"message": "Insufficient credits"}} | Insufficient credits                                 | no money or quota
          404 | {"error": {"code": "model_not_found"}}         | /v1/chat/completions answered 404                    | It has llama3, m-big.
          404 | 404 page not found                             | /v1/chat/completions answered 404                    | Check the path of --base-url
          """)
  void what_cannot_work_ends_the_run_before_it_begins_and_leaves_none(
      int status, String body, String what, String remedy) throws IOException {
    endpoint.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
    endpoint.stubFor(
        any(urlEqualTo("/v1/models"))
            .willReturn(okJson("{\"data\": [{\"id\": \"llama3\"}, {\"id\": \"m-big\"}]}")));
    assertUnusable(url(), what, remedy);
    endpoint.verify(1, postRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:1/v1, connection refused by 127.0.0.1:1, Start the server",
    "http://no-such-host.invalid/v1, no host is named no-such-host.invalid, spelling"
  })
  void what_is_not_reached_ends_it_within_ten_seconds(String url, String what, String remedy)
      throws IOException {
    assertUnusable(url, what, remedy);
  }

  private void assertUnusable(String url, String what, String remedy) throws IOException {
    long start = System.nanoTime();
    try (RunLab lab = new RunLab(folder, 1)) {
      OptimizeRequest request = request(lab, url);
      BridgeException e =
          catchThrowableOfType(BridgeException.class, () -> lab.run(NOTHING_FOUND, request));

      assertThat(e.code()).isEqualTo(RunError.ENDPOINT_UNUSABLE);
      assertThat(e.code().exit()).isEqualTo(ExitCode.ENVIRONMENT_MISSING);
      assertThat(e.what()).contains(what);
      assertThat(e.where()).contains("for agent, critic, editor");
      assertThat(e.remedy()).contains(remedy);
      assertThat(lab.runs.newest(10)).isEmpty();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void a_resumed_run_asks_nobody_again() throws IOException {
    try (RunLab lab = new RunLab(folder, 1)) {
      OptimizeRequest request = request(lab, url());
      PromptOptimizer broken =
          RunLab.engine(
              (job, context) -> {
                throw new IllegalStateException("broken");
              });
      assertThatThrownBy(() -> lab.run(broken, request)).hasMessage("broken");
      String run = lab.runs.newest(1).getFirst().id();
      int before = requests();
      lab.resume(NOTHING_FOUND, run);

      assertThat(requests()).isEqualTo(before);
    }
  }

  private int requests() {
    return endpoint.getAllServeEvents().size();
  }
}
