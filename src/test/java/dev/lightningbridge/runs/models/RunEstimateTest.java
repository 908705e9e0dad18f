package dev.lightningbridge.runs.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.runs.RunLab;
import dev.lightningbridge.runs.Synthesis;
import dev.lightningbridge.runs.ending.RunParts;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.ledger.TestOpening;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.workshop.InstalledEngines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RunEstimateTest {
  @TempDir Path folder;

  private static RunEstimate estimate(RunLab lab, OptimizeRequest request) {
    return lab.optimization(lab.finding("")).estimate(request);
  }

  /** Tasks that a rule grades. */
  private Path ruled(int count) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String input : RunLab.TRUTH.inputs(SandboxDomain.TRIAGE, count)) {
      lines.append(Json.write(Map.of("input", input, "expected", "billing"))).append('\n');
    }
    return Files.writeString(folder.resolve("tasks.jsonl"), lines);
  }

  @Test
  void a_whole_search_of_agentlightnings_kind_calls_and_costs_about_what_was_estimated() {
    try (RunLab lab = new RunLab(folder, 40)) {
      lab.acceptJudge = true;
      OptimizeRequest request = changed(lab.request(), Map.of("engine", "java", "strategy", "apo"));
      RunEstimate estimate = estimate(lab, request);
      RunResult result =
          lab.optimization(new InstalledEngines(remark -> {}))
              .run(request, lab.events::add, lab.cancellation);

      assertThat(estimate.judged()).isTrue();
      assertThat(List.of(estimate.train(), estimate.validation(), estimate.test()))
          .isEqualTo(
              List.of(result.tasks().train(), result.tasks().validation(), result.tasks().test()));
      assertThat(result.calls()).isCloseTo(estimate.calls(), withPercentage(25));
      assertThat(result.tokens()).isCloseTo(estimate.tokens(), withPercentage(50));
      assertThat(estimate.usd()).isZero();
    }
  }

  @Test
  void a_rule_needs_no_judgements() throws IOException {
    try (RunLab lab = new RunLab(folder, 1)) {
      RunEstimate ruled = estimate(lab, lab.request(Limits.NONE, false, ruled(40)));
      RunEstimate judged =
          estimate(
              lab,
              lab.request(
                  new ModelAccess.Sandbox(7, 0, "careful"),
                  "judge",
                  Limits.NONE,
                  false,
                  ruled(40),
                  0));
      assertThat(ruled.judged()).isFalse();
      assertThat(judged.judged()).isTrue();
      assertThat(judged.calls()).isGreaterThan(ruled.calls() + ruled.calls() / 2);
    }
  }

  @Test
  void it_tells_which_test_of_the_lineage_the_sealed_one_would_be_and_at_which_level() {
    try (RunLab lab = new RunLab(folder, 40)) {
      RunEstimate before = estimate(lab, lab.request());
      lab.run(lab.finding(RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE)), lab.request());
      RunEstimate after = estimate(lab, lab.request());

      assertThat(before.opening()).isEqualTo(new TestOpening(1, 0, 0.025));
      assertThat(before.testInWords()).hasValueSatisfying(w -> assertThat(w).contains("0.025"));
      assertThat(after.opening()).isEqualTo(new TestOpening(2, 1, 0.00625));
      assertThat(after.testInWords())
          .hasValueSatisfying(
              words -> assertThat(words).contains("test 2 of the lineage", "fresh tasks"));
    }
  }

  @Test
  void with_too_few_inputs_nothing_is_called_and_the_missing_ones_are_told() {
    try (RunLab lab = new RunLab(folder, 5)) {
      RunEstimate estimate = estimate(lab, lab.request());
      RunResult result = lab.run(lab.finding("Better"), lab.request());
      assertThat(estimate.missing()).isPositive().isEqualTo(result.tasks().missing());
      assertThat(estimate.calls()).isZero();
      assertThat(result.calls()).isZero();
    }
  }

  @Test
  void inputs_that_the_model_is_to_write_count_as_if_they_were_written() {
    try (RunLab lab = new RunLab(folder, 5)) {
      RunEstimate estimate = estimate(lab, lab.synthesizing(45));
      RunResult result = lab.run(lab.finding("Better"), lab.synthesizing(45));
      assertThat(estimate.missing()).isZero();
      assertThat(result.tasks())
          .isEqualTo(
              new RunParts.TaskCounts(
                  estimate.train(), estimate.validation(), estimate.test(), 0, 0));
      // They are kept: the next run does not have them written again.
      assertThat(estimate.calls())
          .isEqualTo(estimate(lab, lab.synthesizing(45)).calls() + Synthesis.batches(45));
    }
  }

  @Test
  void the_price_is_that_of_the_models_or_unknown() {
    try (RunLab lab = new RunLab(folder, 40)) {
      assertThat(usd(lab, "gpt-4o")).isPositive();
      assertThat(usd(lab, "gpt-4o")).isGreaterThan(5 * usd(lab, "gpt-4o-mini"));
      assertThat(usd(lab, "a-model-of-ours")).isNull();
    }
  }

  private static Double usd(RunLab lab, String model) {
    OptimizeRequest request =
        lab.request(
            new ModelAccess.Endpoint("http://127.0.0.1:9/v1", "NONE", null, null),
            "judge",
            Limits.NONE,
            false,
            null,
            0);
    Map<String, String> models =
        Map.of("worker", model, "critic", model, "editor", model, "judge", model);
    return estimate(lab, changed(request, Map.of("models", models))).usd();
  }

  private static OptimizeRequest changed(OptimizeRequest request, Map<String, Object> changes) {
    ObjectNode json = Json.read(Json.write(request), ObjectNode.class);
    changes.forEach((name, value) -> json.set(name, Json.mapper().valueToTree(value)));
    return Json.read(json.toString(), OptimizeRequest.class);
  }
}
