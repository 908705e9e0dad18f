package dev.lightningbridge.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.api.DatabasesResource;
import dev.lightningbridge.api.RunsResource;
import dev.lightningbridge.api.requests.NewRun;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.server.ApiError;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolArg;
import io.quarkiverse.mcp.server.ToolResponse;
import jakarta.inject.Singleton;

/** Looks at databases, estimates and starts runs, and follows them. */
@Singleton
public class RunTools {
  private static final int LISTED = 50;
  static final String RUN = "run";
  private static final String ID = "The run's id.";

  private final DatabasesResource databases;
  private final RunsResource runs;
  private final Answers answers;

  RunTools(DatabasesResource databases, RunsResource runs, Answers answers) {
    this.databases = databases;
    this.runs = runs;
    this.answers = answers;
  }

  @Tool(
      name = "list_databases",
      description = "The databases of scored agent outputs that may be used, with their ids.",
      annotations = @Tool.Annotations(readOnlyHint = true, destructiveHint = false))
  ToolResponse databases() {
    return answers.of(databases::list);
  }

  @Tool(
      name = "inspect",
      description =
          "Sessions, lineages and agent versions of a database, which of them can be optimised, and"
              + " what the others lack.",
      annotations = @Tool.Annotations(readOnlyHint = true, destructiveHint = false))
  ToolResponse inspect(
      @ToolArg(description = "The id that list_databases gives.") String database) {
    return answers.of(() -> databases.inspect(database, "false"));
  }

  @Tool(
      name = "estimate",
      description =
          "About what a run would call and cost. Calls no model and keeps nothing: ask this before"
              + " optimize.",
      inputSchema = @Tool.InputSchema(generator = RequestSchema.OfRun.class),
      annotations = @Tool.Annotations(readOnlyHint = true, destructiveHint = false))
  ToolResponse estimate(@ToolArg(name = RUN) JsonNode run) {
    return answers.of(run, NewRun.class, runs::estimate);
  }

  @Tool(
      name = "optimize",
      description =
          "Starts a run that searches for a better prompt and tests it on sealed tasks. It calls"
              + " models and may cost money; it changes no agent: a better prompt waits as a"
              + " proposal.",
      inputSchema = @Tool.InputSchema(generator = RequestSchema.OfRun.class),
      annotations = @Tool.Annotations(destructiveHint = false, openWorldHint = true))
  ToolResponse optimize(@ToolArg(name = RUN) JsonNode run) {
    return answers.of(run, NewRun.class, this::started);
  }

  private Object started(NewRun run) {
    if (Boolean.TRUE.equals(run.autoPromote())) {
      throw new BridgeException(
          ApiError.BAD_REQUEST,
          "a run of an assistant does not promote by itself",
          "autoPromote",
          "Leave it out, and promote the proposal when a person has read it.");
    }
    return runs.start(run, null).getEntity();
  }

  @Tool(
      name = "list_runs",
      description = "The last 50 runs, the newest first, with their states.",
      annotations = @Tool.Annotations(readOnlyHint = true, destructiveHint = false))
  ToolResponse list() {
    return answers.of(() -> runs.list(LISTED, null, null, null, null));
  }

  @Tool(
      name = "show_run",
      description = "A run: what was asked, how far it is, what it found and what it spent.",
      annotations = @Tool.Annotations(readOnlyHint = true, destructiveHint = false))
  ToolResponse show(@ToolArg(description = ID) String id) {
    return answers.of(() -> runs.show(id));
  }

  @Tool(
      name = "cancel_run",
      description = "Cancels a run that waits or runs. It can be resumed on the server's pages.",
      annotations = @Tool.Annotations(destructiveHint = false))
  ToolResponse cancel(@ToolArg(description = ID) String id) {
    return answers.of(() -> runs.cancel(id).getEntity());
  }
}
