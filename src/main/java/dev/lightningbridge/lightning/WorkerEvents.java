package dev.lightningbridge.lightning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.optimize.RunEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A worker's events as the run's. */
final class WorkerEvents {
  private WorkerEvents() {}

  /**
   * @param program what Python runs, as the run's engine is named
   */
  static RunEvent of(String program, JsonNode json) {
    String candidate = json.path("candidate").asText();
    int round = json.path("round").asInt();
    return switch (json.path("type").asText()) {
      case "started" -> new RunEvent.EngineStarted(program, json.path("detail").asText());
      case "evaluated" ->
          new RunEvent.Evaluated(
              candidate,
              round,
              json.path("purpose").asText(),
              json.path("tasks").asInt(),
              json.path("failures").asInt(),
              json.path("mean").asDouble());
      case "critiqued" -> new RunEvent.Critiqued(candidate, round, json.path("critique").asText());
      case "candidate" ->
          new RunEvent.CandidateMade(
              candidate,
              json.path("parent").asText(null),
              round,
              json.path("prompt").asText(),
              json.path("critique").asText(null));
      case "round" -> {
        List<String> beam = new ArrayList<>();
        json.path("beam").forEach(name -> beam.add(name.asText()));
        yield new RunEvent.RoundFinished(round, json.path("rounds").asInt(), beam);
      }
      case "best" -> new RunEvent.BestChanged(candidate, round, json.path("score").asDouble());
      case "step" -> {
        Map<String, Double> metrics = new HashMap<>();
        json.path("metrics")
            .properties()
            .forEach(metric -> metrics.put(metric.getKey(), metric.getValue().asDouble()));
        yield new RunEvent.TrainingStep(
            json.path("step").asInt(), json.path("of").asInt(), metrics);
      }
      case "note" -> new RunEvent.Note(json.path("level").asText(), json.path("text").asText());
      default -> new RunEvent.Note("warning", "unknown message of the worker: " + json);
    };
  }
}
