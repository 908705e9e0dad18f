package dev.lightningbridge.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.ending.RegisteredModel;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.server.Databases;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A run.
 *
 * @param model what it has trained; null until then, and in lists
 * @param request what was asked for; null in lists
 * @param result how it ended; null until then, and in lists
 */
@Schema(name = "Run")
public record RunView(
    String id,
    RunState state,
    String engine,
    @Schema(description = "A simulated model answered: the figures prove the pipeline only.")
        boolean sandbox,
    @Schema(description = "Id of the database.") String databaseId,
    String database,
    String sessionId,
    String lineageId,
    @Schema(description = "The agent version that it started from.") String baselineId,
    long seed,
    Instant createdAt,
    @Nullable Instant finishedAt,
    @Nullable String error,
    SpendView spent,
    @Schema(
            description = "How a model is trained; left out where a prompt is searched for.",
            enumeration = {"sft", "dpo", "rl"})
        @Nullable String algorithm,
    @Nullable ModelView model,
    @Nullable JsonNode request,
    @Nullable RunResult result) {
  /** What was spent so far. */
  @Schema(name = "Spend")
  public record SpendView(long calls, long tokens, double usd) {
    static SpendView of(Spend spend) {
      return new SpendView(spend.calls(), spend.tokens(), spend.usd());
    }
  }

  /** With all that there is of it. */
  static RunView whole(StoredRun run, Spend spent, @Nullable RegisteredModel trained) {
    String result = run.resultJson();
    JsonNode request = request(run);
    return view(
        run,
        spent,
        request,
        trained == null ? null : ModelView.line(trained),
        request,
        result == null ? null : Json.read(result, RunResult.class));
  }

  /** As a line of a list. */
  static RunView line(StoredRun run, Spend spent) {
    return view(run, spent, request(run), null, null, null);
  }

  private static RunView view(
      StoredRun run,
      Spend spent,
      JsonNode asked,
      @Nullable ModelView model,
      @Nullable JsonNode request,
      @Nullable RunResult result) {
    Long finished = run.finishedAt();
    return new RunView(
        run.id(),
        run.state(),
        run.engine(),
        run.sandbox(),
        Databases.id(Path.of(run.campPath())),
        run.campPath(),
        run.sessionId(),
        run.lineageId(),
        run.baselineId(),
        run.seed(),
        Instant.ofEpochMilli(run.createdAt()),
        finished == null ? null : Instant.ofEpochMilli(finished),
        run.error(),
        SpendView.of(spent),
        algorithm(asked),
        model,
        request,
        result);
  }

  private static @Nullable String algorithm(JsonNode request) {
    String name = request.path("training").path("algorithm").asText("");
    return name.isEmpty() ? null : name.toLowerCase(Locale.ROOT);
  }

  /** Where the server's keys are kept, and how they are sent, is the server's affair. */
  private static JsonNode request(StoredRun run) {
    JsonNode request = Json.read(run.requestJson(), JsonNode.class);
    withoutKeys(request.path("model"));
    return request;
  }

  static void withoutKeys(JsonNode model) {
    if (model instanceof ObjectNode endpoint) {
      endpoint.remove(List.of("keyVariable", "keyFile", "keyHeader"));
      if (endpoint.path("extras") instanceof ObjectNode extras) {
        extras.remove(List.of("headers", "query"));
      }
      endpoint.path("roles").forEach(RunView::withoutKeys);
    }
  }
}
