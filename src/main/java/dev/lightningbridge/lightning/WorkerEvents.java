package dev.lightningbridge.lightning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.optimize.RunEvent;
import java.util.ArrayList;
import java.util.List;

/** A worker's events as the run's. */
final class WorkerEvents {
  private WorkerEvents() {}

  static RunEvent of(JsonNode json) {
    String candidate = json.path("candidate").asText();
    int round = json.path("round").asInt();
    return switch (json.path("type").asText()) {
      case "started" -> new RunEvent.EngineStarted("agentlightning", json.path("detail").asText());
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
      case "note" -> new RunEvent.Note(json.path("level").asText(), json.path("text").asText());
      default -> new RunEvent.Note("warning", "unknown message of the worker: " + json);
    };
  }
}
