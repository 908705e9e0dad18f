package dev.lightningbridge.demo;

import static dev.lightningbridge.camp.Inserts.ordered;

import dev.lightningbridge.camp.Inserts;
import dev.lightningbridge.camp.JavaScriptJson;
import dev.lightningbridge.camp.PayloadHash;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what the app writes when agents are run. */
final class CampRuns {
  private final CampApp app;
  private final String model;

  CampRuns(CampApp app, String model) {
    this.app = app;
    this.model = model;
  }

  /**
   * One execution.
   *
   * @param rolloutId empty for an analysis run
   * @param evolutionId the evolution record that it is the first run after
   * @param error null where it succeeded
   */
  record Execution(
      String rolloutId,
      String attemptId,
      String input,
      String output,
      @Nullable String error,
      int durationMs,
      @Nullable String evolutionId) {}

  /** The rows of an execution that begins: for an agent without a flow they never change. */
  void start(SampleLineage lineage, Execution run, long now) throws SQLException {
    SampleLineage.Version version = lineage.version;
    Inserts inserts = app.at(now);
    inserts.insert(
        "rollouts",
        ordered(
            "id",
            run.rolloutId(),
            "lineage_id",
            lineage.id,
            "cycle",
            lineage.cycle,
            "status",
            run.error() == null ? "completed" : "failed",
            "created_at",
            now));
    inserts.insert(
        "attempts",
        ordered(
            "id", run.attemptId(),
            "rollout_id", run.rolloutId(),
            "attempt_number", 1,
            "status", "running",
            "agent_id", version.agentId(),
            "agent_version", version.number(),
            "system_prompt_hash", PayloadHash.snapshot(version.prompt()),
            "tools_hash", PayloadHash.snapshot("[]"),
            "flow_hash", PayloadHash.snapshot("[]"),
            "input", run.input(),
            "model_id", model,
            "temperature", version.temperature(),
            "max_tokens", CampAgents.MAX_TOKENS,
            "top_p", CampAgents.TOP_P,
            "created_at", now));
  }

  /** The event of an execution that ended well, of a run or of an analysis. */
  void completed(SampleLineage.Version version, Execution run, long now) throws SQLException {
    app.event(
        now,
        "attempt.completed",
        ordered("agent_id", version.agentId(), "attempt_id", run.attemptId()),
        ordered(
            "attemptId", run.attemptId(),
            "rolloutId", run.rolloutId(),
            "attemptNumber", 1,
            "agentSnapshot",
                ordered(
                    "agentId", version.agentId(),
                    "version", version.number(),
                    "systemPromptHash", PayloadHash.snapshot(version.prompt()),
                    "toolsHash", PayloadHash.snapshot("[]"),
                    "flowHash", PayloadHash.snapshot("[]")),
            "input", run.input(),
            "output", run.output(),
            "modelId", model,
            "parameters", CampAgents.sampling(version),
            "durationMs", run.durationMs(),
            "spanCount", 1,
            "toolsUsed", List.of(),
            "spanSummary",
                List.of(
                    ordered(
                        "type", "llm_call", "durationMs", run.durationMs(), "hasError", false))),
        "execution:completed",
        "category:execution",
        "has:tools");
  }

  /** What the app keeps of an execution beside its output. */
  static Map<String, Object> metadata(SampleLineage lineage, Execution run) {
    Map<String, Object> metadata =
        ordered(
            "agentId", lineage.version.agentId(),
            "agentVersion", lineage.version.number(),
            "executionSuccess", run.error() == null);
    if (run.error() != null) {
      metadata.put("error", run.error());
    }
    metadata.put("executionTimeMs", run.durationMs());
    metadata.put("inputUsed", run.input());
    if (run.evolutionId() != null) {
      metadata.put("evolutionRecordId", run.evolutionId());
    }
    metadata.put("rolloutId", run.rolloutId());
    metadata.put("attemptId", run.attemptId());
    metadata.put("stepsExecuted", 1);
    metadata.put("spanCount", 1);
    return metadata;
  }

  void artifact(String id, SampleLineage lineage, Execution run, long now) throws SQLException {
    app.at(now)
        .insert(
            "artifacts",
            ordered(
                "id",
                id,
                "lineage_id",
                lineage.id,
                "cycle",
                lineage.cycle,
                "content",
                run.output(),
                "metadata",
                JavaScriptJson.stringify(metadata(lineage, run)),
                "created_at",
                now));
  }
}
