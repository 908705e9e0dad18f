package dev.lightningbridge.camp.writing;

import static dev.lightningbridge.camp.Inserts.ordered;

import dev.lightningbridge.camp.AppRows;
import dev.lightningbridge.camp.JavaScriptJson;
import dev.lightningbridge.camp.PayloadHash;
import dev.lightningbridge.corpus.ToolUse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes what the app writes when an agent without a flow is run and leaves an output. */
final class ExecutionRows {
  private static final String NO_PARTS = PayloadHash.snapshot("[]");

  private final AppRows app;

  ExecutionRows(AppRows app) {
    this.app = app;
  }

  /** Where an attempt stands. */
  record Place(String attemptId, String artifactId, String rolloutId, int number, int cycle) {}

  /** What it took; tokens are null where nobody counted them. */
  record Measures(
      long durationMs,
      @Nullable Long promptTokens,
      @Nullable Long completionTokens,
      List<ToolUse> tools) {
    static final Measures NONE = new Measures(0, null, null, List.of());

    /** The tools whose runs were watched. */
    List<ToolUse> watched() {
      return tools.stream().filter(tool -> tool.watched() != null).toList();
    }
  }

  /**
   * An execution.
   *
   * @param marks what the output's metadata say besides what the app writes
   */
  record Execution(
      Place place,
      String input,
      String output,
      String model,
      long at,
      Measures measures,
      Map<String, Object> marks) {}

  /** Writes the attempt with its output, and the rollout where this is its first attempt. */
  void add(ImportedVersion version, Execution execution) throws SQLException {
    Place place = execution.place();
    if (place.number() == 1) {
      app.rows()
          .insert(
              "rollouts",
              ordered(
                  "id", place.rolloutId(),
                  "lineage_id", version.lineageId(),
                  "cycle", place.cycle(),
                  "status", "completed",
                  "created_at", execution.at()));
    }
    app.rows().insert("attempts", attempt(version, execution));
    spans(execution);
    app.event(
        "attempt.completed",
        place.attemptId(),
        execution.at(),
        ordered("agent_id", version.id(), "attempt_id", place.attemptId()),
        completed(version, execution),
        List.of("execution:completed", "category:execution", "has:tools"));
    app.rows()
        .insert(
            "artifacts",
            ordered(
                "id", place.artifactId(),
                "lineage_id", version.lineageId(),
                "cycle", place.cycle(),
                "content", execution.output(),
                "metadata", JavaScriptJson.stringify(metadata(version, execution)),
                "created_at", execution.at()));
  }

  /** The steps of the attempt, where more is known of it than the one call. */
  private void spans(Execution execution) throws SQLException {
    List<ToolUse> tools = execution.measures().watched();
    if (tools.isEmpty()) {
      return;
    }
    String attempt = execution.place().attemptId();
    Map<String, Object> call = span(attempt, 0, "llm_call", execution.at());
    call.put("input", execution.input());
    call.put("output", execution.output());
    call.put("model_id", execution.model());
    call.put("duration_ms", execution.measures().durationMs());
    app.rows().insert("execution_spans", call);
    int sequence = 0;
    for (ToolUse tool : tools) {
      ToolUse.Watched run = Objects.requireNonNull(tool.watched());
      Map<String, Object> row = span(attempt, ++sequence, "tool_call", run.at());
      row.put("tool_name", tool.name());
      known(row, "tool_args", run.arguments());
      known(row, "tool_result", run.result());
      known(row, "tool_error", run.error());
      row.put("duration_ms", run.durationMs());
      app.rows().insert("execution_spans", row);
    }
  }

  private static void known(Map<String, Object> row, String column, @Nullable String value) {
    if (value != null) {
      row.put(column, value);
    }
  }

  private Map<String, Object> span(String attempt, int sequence, String type, long at) {
    return ordered(
        "id", app.id("span", attempt, String.valueOf(sequence)),
        "attempt_id", attempt,
        "sequence", sequence,
        "type", type,
        "created_at", at);
  }

  private static Map<String, Object> attempt(ImportedVersion version, Execution execution) {
    Place place = execution.place();
    Measures measures = execution.measures();
    Map<String, Object> row =
        ordered(
            "id", place.attemptId(),
            "rollout_id", place.rolloutId(),
            "attempt_number", place.number(),
            "status", "running",
            "agent_id", version.id(),
            "agent_version", version.number(),
            "system_prompt_hash", PayloadHash.snapshot(version.prompt()),
            "tools_hash", NO_PARTS,
            "flow_hash", NO_PARTS,
            "input", execution.input(),
            "model_id", execution.model());
    Long prompt = measures.promptTokens();
    Long completion = measures.completionTokens();
    if (prompt != null && completion != null) {
      row.put("total_tokens", prompt + completion);
      row.put("prompt_tokens", prompt);
      row.put("completion_tokens", completion);
    }
    row.put("created_at", execution.at());
    return row;
  }

  private static Map<String, Object> completed(ImportedVersion version, Execution execution) {
    Place place = execution.place();
    long ms = execution.measures().durationMs();
    return ordered(
        "attemptId", place.attemptId(),
        "rolloutId", place.rolloutId(),
        "attemptNumber", place.number(),
        "agentSnapshot",
            ordered(
                "agentId", version.id(),
                "version", version.number(),
                "systemPromptHash", PayloadHash.snapshot(version.prompt()),
                "toolsHash", NO_PARTS,
                "flowHash", NO_PARTS),
        "input", execution.input(),
        "output", execution.output(),
        "modelId", execution.model(),
        "parameters", Map.of(),
        "durationMs", ms,
        "spanCount", 1 + execution.measures().watched().size(),
        "toolsUsed", execution.measures().tools().stream().map(ToolUse::name).toList(),
        "spanSummary", summary(execution.measures()));
  }

  private static List<Map<String, Object>> summary(Measures measures) {
    List<Map<String, Object>> summary = new ArrayList<>();
    summary.add(
        ordered("type", "llm_call", "durationMs", measures.durationMs(), "hasError", false));
    for (ToolUse tool : measures.watched()) {
      ToolUse.Watched run = Objects.requireNonNull(tool.watched());
      summary.add(
          ordered(
              "type",
              "tool_call",
              "toolName",
              tool.name(),
              "durationMs",
              run.durationMs(),
              "hasError",
              run.error() != null));
    }
    return summary;
  }

  /** The output's metadata, which its scores repeat. */
  static Map<String, Object> metadata(ImportedVersion version, Execution execution) {
    Place place = execution.place();
    Map<String, Object> metadata =
        ordered(
            "agentId", version.id(),
            "agentVersion", version.number(),
            "executionSuccess", true,
            "executionTimeMs", execution.measures().durationMs(),
            "inputUsed", execution.input(),
            "rolloutId", place.rolloutId(),
            "attemptId", place.attemptId(),
            "stepsExecuted", 1,
            "spanCount", 1 + execution.measures().watched().size());
    metadata.putAll(execution.marks());
    return metadata;
  }
}
