package dev.lightningbridge.runs;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.findings.Finding;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.apo.JavaOptimizer;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.request.EngineChoice;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.OptimizeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model that does what it is shown and nothing that it is told, and nobody who writes letters.
 */
class SearchWithoutCriticTest {
  private static final PromptOptimizer RACING = JavaOptimizer.racing();

  /** Nothing listens there. */
  private static final String NOWHERE = "http://127.0.0.1:1/v1";

  @TempDir Path folder;
  private final WireMockServer endpoint =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

  @BeforeEach
  void start() {
    endpoint.start();
    endpoint.stubFor(any(anyUrl()).willReturn(answer("I cannot say")));
    endpoint.stubFor(
        any(anyUrl()).withRequestBody(containing("Answer: billing")).willReturn(answer("billing")));
  }

  @AfterEach
  void stop() {
    endpoint.stop();
  }

  @Test
  void examples_alone_are_searched_with_and_the_verdict_lists_those_that_the_winner_shows()
      throws IOException {
    try (RunLab lab = new RunLab(folder, 1)) {
      RunResult result = lab.run(RACING, request(lab, Map.of()).withoutCritic());

      assertThat(result.verdict()).isEqualTo(Verdict.Decision.PROMOTE);
      assertThat(result.prompt()).contains("\n\nInput: ").contains("\nAnswer: billing");
      assertThat(result.findings())
          .as("what was drawn on purpose is no quote, and a customer's address is a finding")
          .extracting(Finding::kind)
          .isNotEmpty()
          .containsOnly(Finding.Kind.ADDRESS);
      assertThat(result.remarks())
          .anySatisfy(
              remark ->
                  assertThat(remark)
                      .contains("The prompt shows train tasks as examples")
                      .contains("(expected by the task)"));
      endpoint.verify(0, postRequestedFor(anyUrl()).withRequestBody(containing("critique")));
    }
  }

  @Test
  void no_validation_or_sealed_task_stands_in_a_prompt_that_is_tried() throws IOException {
    try (RunLab lab = new RunLab(folder, 1)) {
      OptimizeRequest request = request(lab, Map.of()).withoutCritic();
      RunResult result = lab.run(RACING, request);

      var split = lab.runs.plan(result.runId()).orElseThrow().split(request).orElseThrow();
      assertThat(lab.events)
          .filteredOn(RunEvent.CandidateMade.class::isInstance)
          .hasSizeGreaterThan(2)
          .allSatisfy(
              event ->
                  assertThat(split.hidden())
                      .noneMatch(
                          task ->
                              ((RunEvent.CandidateMade) event)
                                  .prompt()
                                  .contains("Input: " + task.input() + "\n")));
    }
  }

  @Test
  void where_the_critic_cannot_be_had_the_search_says_so_and_goes_on_without() throws IOException {
    try (RunLab lab = new RunLab(folder, 1)) {
      var away = new ModelAccess.Endpoint(NOWHERE, "NO_SUCH_VARIABLE", null, null);
      RunResult result = lab.run(RACING, request(lab, Map.of("critic", away, "editor", away)));

      assertThat(result.verdict()).isEqualTo(Verdict.Decision.PROMOTE);
      assertThat(lab.events)
          .filteredOn(RunEvent.Note.class::isInstance)
          .anySatisfy(
              note ->
                  assertThat(note.toString())
                      .contains("No critique or edit can be had", "connection refused"));
      assertThat(lab.runs.get(result.runId()).requestJson())
          .as("so that a resumed run goes the same way")
          .contains("\"critic\":\"none\"");
    }
  }

  @Test
  void where_examples_are_forbidden_a_critic_that_cannot_be_had_ends_the_run() throws IOException {
    try (RunLab lab = new RunLab(folder, 1)) {
      var away = new ModelAccess.Endpoint(NOWHERE, "NO_SUCH_VARIABLE", null, null);
      OptimizeRequest request =
          request(lab, Map.of("critic", away, "editor", away)).withoutDemonstrations(true);

      assertThatThrownBy(() -> lab.run(RACING, request)).hasMessageContaining("LB-7130");
    }
  }

  @Test
  void agentlightning_and_the_beam_search_cannot_do_without_a_critic() throws IOException {
    try (RunLab lab = new RunLab(folder, 1)) {
      OptimizeRequest request = request(lab, Map.of()).withoutCritic();

      assertThatThrownBy(() -> lab.run(RACING, request.withEngine(EngineChoice.AGENTLIGHTNING)))
          .hasMessageContaining("LB-7128")
          .hasMessageContaining("--engine java");
      assertThatThrownBy(() -> lab.run(RACING, request.withoutDemonstrations(true)))
          .hasMessageContaining("LB-7129")
          .hasMessageContaining("--no-demonstrations");
      assertThat(endpoint.getAllServeEvents()).as("nothing was spent").isEmpty();
    }
  }

  @Test
  void the_estimate_counts_no_letters() throws IOException {
    try (RunLab lab = new RunLab(folder, 1)) {
      OptimizeRequest request = request(lab, Map.of());
      long with = lab.optimization(RACING).estimate(request).calls();
      long without = lab.optimization(RACING).estimate(request.withoutCritic()).calls();

      assertThat(with - without).isEqualTo(request.settings().plannedOptimizerCalls());
    }
  }

  private static ResponseDefinitionBuilder answer(String text) {
    return okJson("{\"choices\": [{\"message\": {\"content\": \"%s\"}}]}".formatted(text));
  }

  private OptimizeRequest request(RunLab lab, Map<String, ModelAccess.Endpoint> roles)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String input : RunLab.TRUTH.inputs(SandboxDomain.TRIAGE, 80)) {
      lines.append(Json.write(Map.of("input", input, "expected", "billing"))).append('\n');
    }
    Path tasks = Files.writeString(folder.resolve("tasks.jsonl"), lines);
    return lab.request(
        new ModelAccess.Endpoint(
                "http://127.0.0.1:" + endpoint.port() + "/v1", "NO_SUCH_VARIABLE", null, null)
            .withRoles(roles),
        "contains",
        Limits.NONE,
        false,
        tasks,
        0);
  }
}
