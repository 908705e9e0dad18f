package dev.lightningbridge.runs.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.lightning.LightningError;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.TrainingJob;
import dev.lightningbridge.optimize.TrainingSettings;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.PlayedTraining;
import dev.lightningbridge.runs.QueuePlace;
import dev.lightningbridge.runs.RunLab;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.ending.RegisteredModel;
import dev.lightningbridge.runs.ending.RunParts;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.models.RunEstimate;
import dev.lightningbridge.runs.promotion.Promotion;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.OptimizeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that train a model, with a trainer that makes nothing and models that the sandbox plays. */
class RunTrainingTest {
  @TempDir Path folder;

  private final PlayedTraining engines = new PlayedTraining();

  private static TrainingSettings settings(Algorithm algorithm, int minScore) {
    return new TrainingSettings(
        algorithm,
        Path.of("/models/small"),
        minScore,
        4,
        1,
        0,
        0,
        1,
        1e-4,
        0.1,
        8,
        512,
        false,
        Map.of());
  }

  private RunLab lab(int inputs, @Nullable TrainingSettings training) {
    RunLab lab = new RunLab(folder, inputs);
    lab.training = training;
    return lab;
  }

  private RunResult run(RunLab lab) {
    return lab.optimization(engines).run(lab.request(), lab.events::add, lab.cancellation);
  }

  private static AgentVersion newest(RunLab lab) {
    try (CampDatabase camp = CampDatabase.open(lab.camp, CampDatabase.Options.DEFAULT)) {
      return camp.corpus().agentVersions(lab.lineage).getLast();
    }
  }

  @Test
  void a_better_model_becomes_the_agents_model_and_goes_again_by_a_rollback() {
    try (RunLab lab = lab(60, settings(Algorithm.SFT, 5))) {
      AgentVersion before = newest(lab);

      RunResult result = run(lab);

      assertThat(result.verdict()).as(result.reason()).isEqualTo(Verdict.Decision.PROMOTE);
      assertThat(result.reason())
          .startsWith("The trained model is better: ")
          .contains("that of its base, on the same prompt, ");
      assertThat(result.remarks())
          .contains(
              "The model that the agent uses today, %s, was not part of the test."
                  .formatted(before.model().modelId()));
      RunParts.Model model = result.model();
      assertThat(model).isNotNull();
      assertThat(model.name()).isEqualTo("small-sft-" + result.runId().substring(0, 8));
      RegisteredModel registered = lab.models.get(model.name());
      assertThat(registered.state()).isEqualTo("proposed");
      assertThat(registered.dataCursor()).isNotBlank();
      assertThat(lab.proposals.proposal(result.proposalId()).model()).isEqualTo(model.name());

      Promotion promotion = lab.promotions.promote(result.proposalId(), false, Set.of());

      AgentVersion promoted = newest(lab);
      assertThat(promoted.model().modelId()).isEqualTo(model.name());
      assertThat(promoted.model().temperature()).isEqualTo(before.model().temperature());
      assertThat(promoted.systemPrompt()).isEqualTo(before.systemPrompt());
      assertThat(lab.models.get(model.name()).state()).isEqualTo("promoted");

      lab.promotions.rollback(promotion.promotionId());

      assertThat(newest(lab).parametersJson()).isEqualTo(before.parametersJson());
      assertThat(lab.models.get(model.name()).state()).isEqualTo("rolled_back");
    }
  }

  @Test
  void only_train_inputs_are_trained_on_and_only_validation_inputs_measured_on() throws Exception {
    try (RunLab lab = lab(60, settings(Algorithm.SFT, 3))) {
      String runId = run(lab).runId();

      TrainingJob job = engines.trained.getFirst();
      Split split = lab.runs.plan(runId).orElseThrow().split(lab.request()).orElseThrow();
      assertThat(keys(split.train())).containsAll(inputs(job.examples().train()));
      assertThat(keys(split.validation())).containsAll(inputs(job.examples().validation()));
      assertThat(inputs(job.examples().train()))
          .isNotEmpty()
          .doesNotContainAnyElementsOf(keys(split.test()));
      assertThat(job.settings().steps())
          .as("three passes")
          .isEqualTo(Math.ceilDiv(3 * Files.readAllLines(job.examples().train()).size(), 4));
    }
  }

  private static Set<InputKey> keys(List<Task> tasks) {
    return tasks.stream().map(t -> InputKey.of(t.input())).collect(Collectors.toSet());
  }

  private static Set<InputKey> inputs(Path rows) throws IOException {
    return Files.readAllLines(rows).stream()
        .map(line -> Json.read(line, JsonNode.class).path("messages").path(1).path("content"))
        .map(input -> InputKey.of(input.asText()))
        .collect(Collectors.toSet());
  }

  @Test
  void too_few_scored_outputs_are_a_hold_that_says_what_to_do() {
    try (RunLab lab = lab(20, settings(Algorithm.SFT, 10))) {
      RunResult result = run(lab);

      assertThat(result.verdict()).isEqualTo(Verdict.Decision.HOLD);
      assertThat(result.reason()).contains("outputs scored 10 or more; fine-tuning needs 8");
      assertThat(result.remarks()).anyMatch(r -> r.contains("--min-score"));
      assertThat(engines.trained).isEmpty();
    }
  }

  @Test
  void a_model_that_cannot_be_served_is_kept_and_held() {
    try (RunLab lab = lab(60, settings(Algorithm.SFT, 5))) {
      engines.whileServing =
          () -> {
            throw new Trainers.CannotServe(
                new BridgeException(
                    LightningError.MODEL_NOT_SERVED, "no memory", "here", "Get some."));
          };

      RunResult result = run(lab);

      assertThat(result.verdict()).isEqualTo(Verdict.Decision.HOLD);
      assertThat(result.reason())
          .isEqualTo("The model was trained and not tested: no memory. Get some.");
      assertThat(result.model()).isNotNull();
      assertThat(lab.models.get(result.model().name()).state()).isEqualTo("held");
      assertThat(lab.proposals.proposalOf(result.runId())).isEmpty();
    }
  }

  @Test
  void a_run_that_broke_off_in_its_test_does_not_train_again() {
    try (RunLab lab = lab(60, settings(Algorithm.SFT, 5))) {
      engines.whileServing =
          () -> {
            throw new IllegalStateException("power cut");
          };
      assertThatThrownBy(() -> run(lab)).hasMessage("power cut");
      String runId = lab.runs.newest(1).getFirst().id();
      engines.whileServing = () -> {};

      RunResult result = lab.optimization(engines).resume(runId, lab.events::add, lab.cancellation);

      assertThat(result.verdict()).isEqualTo(Verdict.Decision.PROMOTE);
      assertThat(engines.trained).hasSize(1);
      assertThat(lab.models.newest(9)).hasSize(1);
    }
  }

  @Test
  void a_server_without_the_weights_trains_again_and_says_where_the_new_ones_are() {
    try (RunLab lab = lab(60, settings(Algorithm.SFT, 5))) {
      engines.whileServing =
          () -> {
            throw new IllegalStateException("power cut");
          };
      assertThatThrownBy(() -> run(lab)).hasMessage("power cut");
      RegisteredModel first = lab.models.newest(1).getFirst();
      lab.database.useTransaction(
          handle -> handle.execute("UPDATE models SET path = '/home/of/another/server'"));
      engines.whileServing = () -> {};

      lab.optimization(engines).resume(first.runId(), lab.events::add, lab.cancellation);

      assertThat(engines.trained).hasSize(2);
      RegisteredModel second = lab.models.get(first.id());
      assertThat(second.path()).isEqualTo(first.path());
      assertThat(second.name()).isEqualTo(first.name());
      assertThat(second.state()).isEqualTo("proposed");
    }
  }

  @Test
  void a_cancelled_training_is_a_cancelled_run() {
    try (RunLab lab = lab(60, settings(Algorithm.SFT, 5))) {
      engines.whileTraining =
          cancellation -> {
            throw new CancellationException("asked to");
          };

      RunResult result = run(lab);

      assertThat(result.state()).isEqualTo(RunState.CANCELLED);
      assertThat(lab.models.newest(9)).isEmpty();
    }
  }

  @Test
  void what_a_training_calls_is_about_what_was_estimated() throws Exception {
    try (RunLab lab = lab(60, settings(Algorithm.SFT, 5))) {
      RunEstimate estimate = lab.optimization(engines).estimate(lab.request());
      RunResult result = run(lab);

      assertThat(estimate.judged()).isTrue();
      assertThat(estimate.test()).isEqualTo(result.tasks().test());
      assertThat(result.calls()).isCloseTo(estimate.calls(), withPercentage(25));
      assertThat(estimate.usd()).isZero();
      RunEstimate.Training training = estimate.training();
      assertThat(training.measured()).isTrue();
      TrainingJob job = engines.trained.getFirst();
      assertThat(training.steps()).isEqualTo(job.settings().steps());
      assertThat(training.examples()).isEqualTo(Files.readAllLines(job.examples().train()).size());
    }
  }

  @Test
  void the_estimate_says_where_nothing_is_trained() {
    try (RunLab lab = lab(20, settings(Algorithm.SFT, 10))) {
      RunEstimate few = lab.optimization(engines).estimate(lab.request());
      assertThat(few.training().examples()).isLessThan(few.training().needed());
      assertThat(few.training().steps()).isZero();
      assertThat(few.calls()).isZero();
    }
  }

  @Test
  void the_estimate_says_where_nothing_can_be_measured() {
    try (RunLab lab = lab(60, settings(Algorithm.SFT, 1))) {
      RunEstimate unmeasured = lab.optimization(engines).estimate(without(lab, "auto"));
      assertThat(unmeasured.training().measured()).isFalse();
      assertThat(unmeasured.training().steps()).isPositive();
      assertThat(unmeasured.calls()).isZero();
    }
  }

  @Test
  void reinforcement_learning_without_a_reward_is_refused_before_it_is_a_run() {
    try (RunLab lab = lab(20, null)) {
      lab.training =
          new TrainingSettings(
              Algorithm.RL, Path.of("/m"), 1, 4, 4, 2, 0, 1, 1e-6, 0, 0, 512, true, Map.of());
      assertThatThrownBy(
              () -> lab.optimization(engines).enqueue(without(lab, "auto"), QueuePlace.LAST))
          .hasMessageContaining("nothing gives a reward");
      assertThat(lab.runs.newest(1)).isEmpty();
    }
  }

  private static OptimizeRequest without(RunLab lab, String grader) {
    return lab.request(new ModelAccess.None(), grader, Limits.NONE, false, null, 0);
  }
}
