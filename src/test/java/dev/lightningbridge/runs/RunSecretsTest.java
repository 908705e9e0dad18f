package dev.lightningbridge.runs;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.export.ExportRequest;
import dev.lightningbridge.dataset.export.Exports;
import dev.lightningbridge.dataset.export.Format;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.PromptRules;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.Verdict.Decision;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.OptimizeRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run against the worst endpoint: it repeats the key in all that it says. */
class RunSecretsTest {
  private static final String KEY = "sk-proj-planted/Zq8+=_-7919";
  private static final String ECHO = "{{{request.headers.Authorization}}}";

  @TempDir Path folder;
  private final WireMockServer endpoint =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1").globalTemplating(true));

  @BeforeEach
  void start() {
    endpoint.start();
    endpoint.stubFor(any(anyUrl()).willReturn(says("nothing, " + ECHO)));
    endpoint.stubFor(
        any(anyUrl()).withRequestBody(containing("BETTER")).willReturn(says("billing, " + ECHO)));
    endpoint.stubFor(
        any(anyUrl())
            .withRequestBody(containing("EXPIRED"))
            .willReturn(
                aResponse()
                    .withStatus(401)
                    .withBody("{\"error\": \"no such key: %s\"}".formatted(ECHO))));
  }

  @AfterEach
  void stop() {
    endpoint.stop();
  }

  private static ResponseDefinitionBuilder says(String text) {
    return aResponse()
        .withHeader("Content-Type", "application/json")
        .withBody("{\"choices\": [{\"message\": {\"content\": \"%s\"}}]}".formatted(text));
  }

  /** Keeps in its events and its prompt what the model and its errors said. */
  private static final PromptOptimizer REPEATING =
      RunLab.engine(
          (job, context) -> {
            try {
              String said = context.rollouts().run("Be brief", job.train().getFirst()).output();
              Outcome failed = context.rollouts().run("EXPIRED", job.train().getFirst()).outcome();
              String prompt = "BETTER " + said;
              context
                  .events()
                  .on(new RunEvent.CandidateMade("v1", "v0", 1, prompt, failed.toString()));
              return new OptimizationResult(prompt, 0.9, StopReason.FINISHED);
            } catch (ModelException e) {
              throw new AssertionError(e);
            }
          });

  @Test
  void a_key_that_the_endpoint_repeats_is_in_no_database_report_event_result_or_export()
      throws IOException {
    Path key = Files.writeString(folder.resolve("key"), KEY);
    StringBuilder lines = new StringBuilder();
    for (String input : RunLab.TRUTH.inputs(SandboxDomain.TRIAGE, 40)) {
      lines.append(Json.write(Map.of("input", input, "expected", "billing"))).append('\n');
    }
    Path tasks = Files.writeString(folder.resolve("tasks.jsonl"), lines);
    try (RunLab lab = new RunLab(folder, 1)) {
      OptimizeRequest request =
          lab.request(
                  new ModelAccess.Endpoint(endpoint.baseUrl() + "/v1", "NONE", key, null),
                  "contains",
                  Limits.NONE,
                  true,
                  tasks,
                  0)
              .withRules(new PromptRules(List.of(), null, true));
      RunResult result = lab.run(REPEATING, request);
      try (CampDatabase camp = CampDatabase.open(lab.camp, CampDatabase.Options.DEFAULT)) {
        for (Format format : Format.values()) {
          Exports.export(
              camp.corpus(), ExportRequest.of(format, folder.resolve("exports/" + format)));
        }
      }

      assertThat(result.verdict()).isEqualTo(Decision.PROMOTE);
      assertThat(result.prompt()).isEqualTo("BETTER nothing, Bearer [key]");
      assertThat(Json.write(result) + lab.events).contains("[key]").doesNotContain(KEY);
    }
    Files.delete(key);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile).toList())
          .hasSizeGreaterThan(10)
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                      .doesNotContain(KEY));
    }
  }
}
