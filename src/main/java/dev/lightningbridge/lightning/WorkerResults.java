package dev.lightningbridge.lightning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.optimize.FailureLimit;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a worker's run ended, as a result or an error for people. */
final class WorkerResults {
  private static final System.Logger LOG = System.getLogger(WorkerResults.class.getName());

  private WorkerResults() {}

  /** The result of a search. */
  static OptimizationResult of(JsonNode result) {
    JsonNode score = result.path("score");
    return new OptimizationResult(
        result.path("prompt").asText(),
        score.isNumber() ? score.asDouble() : Double.NaN,
        StopReason.valueOf(result.path("stop").asText().toUpperCase(Locale.ROOT)));
  }

  /** The failure that the worker's result tells of. */
  static BridgeException failure(WorkerFollower.Job job, JsonNode result, List<String> log) {
    String message = result.path("message").asText();
    String kind = result.path("failed").asText();
    // Of a bug the whole story matters; the other kinds are no bugs.
    LOG.log(
        kind.equals("python") ? Level.WARNING : Level.DEBUG,
        "{0} failed: {1}",
        job.program(),
        result.path("traceback").asText());
    return switch (kind) {
      case "rollouts" -> ofRollouts(result, message);
      case "models" ->
          error(
              LightningError.MODEL_CALLS_FAILED,
              message,
              "critic and editor",
              result.path("remedy").asText("Look at the model names and the endpoint.")
                  + " Then `runs resume` the run.",
              List.of());
      case "gpu" ->
          error(
              LightningError.GPU_MISSING,
              message,
              "--gpus",
              "Give --gpus 0 to train on the CPU, or look at the driver by nvidia-smi.",
              List.of());
      case "model" ->
          error(
              LightningError.MODEL_UNUSABLE,
              "the base model cannot be trained: " + message,
              "--base-model",
              "Give the folder of a chat model as transformers write one.",
              List.of());
      case "settings" ->
          error(
              LightningError.SETTING_REFUSED,
              message,
              "--trainer-override",
              "docs/training.md says which names there are for which algorithm.",
              List.of());
      case "length" ->
          error(
              LightningError.PROMPTS_TOO_LONG,
              message,
              "--max-example-tokens",
              "Give a larger one; it costs memory.",
              List.of());
      case "diverged" ->
          error(
              LightningError.TRAINING_DIVERGED,
              message,
              "run " + job.runId(),
              "Train again with a lower --learning-rate.",
              List.of());
      case "environment" ->
          error(
              LightningError.ENVIRONMENT_BROKEN,
              "a Python module cannot be imported: " + message,
              "the Python environment",
              "Run %s, which makes or mends the environment.".formatted(job.environment().setup()),
              log);
      default ->
          error(
              LightningError.PYTHON_FAILED,
              job.program() + " ended with " + message,
              "the worker process",
              "The whole traceback is in the log.",
              log);
    };
  }

  /** A search tells of each rollout that failed, a training of one. */
  private static BridgeException ofRollouts(JsonNode result, String message) {
    if (!result.has("failures")) {
      return error(
          LightningError.ROLLOUTS_FAILED,
          message,
          "more than a tenth of an evaluation",
          "Look at the model's endpoint and the grader, then `runs resume` the run.",
          List.of());
    }
    List<Failure> failures = new ArrayList<>();
    result
        .path("failures")
        .forEach(failure -> failures.add(Json.mapper().convertValue(failure, Failure.class)));
    return FailureLimit.error(
        "candidate " + result.path("candidate").asText(),
        failures,
        result.path("rollouts").asInt());
  }

  /** An error whose message ends with the last lines of the worker's log. */
  static BridgeException error(
      LightningError code, String what, String where, String remedy, List<String> log) {
    String tail =
        log.isEmpty() ? "" : "\nLast lines of the worker's log:\n  " + String.join("\n  ", log);
    return new BridgeException(code, what, where, remedy + tail);
  }
}
