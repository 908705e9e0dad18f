package dev.lightningbridge.camp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.ModelSettings;
import dev.lightningbridge.corpus.Score;
import dev.lightningbridge.corpus.TrainingEvent;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes an attempt of a row of attempts.sql, which holds all that belongs to it. */
final class AttemptReader implements Tables.Mapper<Attempt> {
  private final EventHistory history;
  private final EventRow endRow = new EventRow("end_");
  private final EventRow scoreRow = new EventRow("score_");
  private @Nullable String storedParameters;
  private JsonNode parameters = MissingNode.getInstance();

  AttemptReader(EventHistory history) {
    this.history = history;
  }

  @Override
  public @Nullable Attempt map(Row row) throws SQLException {
    String id = row.text("id", "?");
    String lineageId = row.text("lineage_id");
    String sessionId = row.text("session_id");
    if (lineageId == null || sessionId == null) {
      row.report(CampError.NO_LINEAGE, "the attempt's lineage %s is missing".formatted(lineageId));
      return null;
    }
    EventRow.Said said = endRow.readSaid(row);
    TrainingEvent end = said == null ? null : said.event();
    String artifactId = row.text("artifact_id");
    boolean recorded = !row.isNull("attempt");
    if (artifactId == null && !recorded && (end == null || end.payload() == null)) {
      row.report(CampError.NO_INPUT, "only the event of its end tells of it, and not what it was");
      return null;
    }
    JsonNode payload =
        object(
            row, said == null ? MissingNode.getInstance() : said.payload(), "payload of the end");
    JsonNode metadata =
        object(row, JsonText.parse(row.text("metadata")), "metadata of the artifact");
    Score score =
        artifactId == null
            ? null
            : ScoreReader.read(row, scoreRow.readSaid(row), artifactId, metadata, history);
    String output =
        first(
            artifactId == null
                ? first(row.text("output"), text(payload, "output"))
                : row.text("content"));
    boolean failed = output == null || saysFailed(row, end, metadata);
    return new Attempt(
        id,
        first(row.text("rollout_id"), text(payload, "rolloutId"), text(metadata, "rolloutId")),
        lineageId,
        sessionId,
        artifactId == null ? row.small("rollout_cycle", 0) : row.small("artifact_cycle", 0),
        failed ? AttemptKind.FAILED : kind(artifactId != null || recorded, score),
        row.text("version_id"),
        row.small("agent_version", row.small("version", 0)),
        prompt(row, payload),
        Objects.requireNonNullElse(
            first(text(metadata, "inputUsed"), row.text("input"), text(payload, "input")), ""),
        output,
        failed ? error(row, metadata, payload) : null,
        model(row, payload),
        score,
        artifactId,
        end == null ? null : end.id(),
        row.integer("started_at", 0),
        any(
            row.integer("duration_ms"),
            JsonText.integer(payload, "durationMs"),
            JsonText.integer(metadata, "executionTimeMs")),
        first(text(metadata.path(ImportedMarks.OUTPUT), ImportedMarks.TAG)));
  }

  /** Old releases call a run with a broken flow a success everywhere but in the attempt's row. */
  private static boolean saysFailed(Row row, @Nullable TrainingEvent end, JsonNode metadata)
      throws SQLException {
    return "failed".equals(row.text("status"))
        || "failed".equals(row.text("rollout_status"))
        || (end != null && end.type().equals("attempt.failed"))
        || (metadata.path("executionSuccess").isBoolean()
            && !metadata.path("executionSuccess").booleanValue());
  }

  private static AttemptKind kind(boolean shown, @Nullable Score score) {
    if (!shown) {
      return AttemptKind.ANALYSIS;
    }
    return score == null ? AttemptKind.UNSCORED : AttemptKind.SCORED;
  }

  /** The prompt that ran: the version's, unless somebody changed that row since. */
  private @Nullable String prompt(Row row, JsonNode payload) throws SQLException {
    String prompt = row.text("system_prompt");
    String hash =
        first(
            row.text("system_prompt_hash"),
            text(payload.path("agentSnapshot"), "systemPromptHash"));
    if (prompt == null || hash == null || hash.equals(PayloadHash.snapshot(prompt))) {
      return prompt;
    }
    String earlier = history.promptAtCreation(row.text("agent_id", ""), hash);
    row.report(
        CampError.PROMPT_CHANGED,
        earlier == null
            ? "the prompt that it ran with is nowhere any more"
            : "the prompt that it ran with is taken from the event of the agent's creation");
    return earlier;
  }

  private static String error(Row row, JsonNode metadata, JsonNode payload) throws SQLException {
    String error = first(row.text("error"), text(metadata, "error"), text(payload, "error"));
    return error == null ? "the execution left no output" : error;
  }

  private ModelSettings model(Row row, JsonNode payload) throws SQLException {
    JsonNode own = object(row, parameters(row), "parameters of the agent version");
    JsonNode used = payload.path("parameters");
    String model = first(row.text("model_id"), text(payload, "modelId"), text(own, "model"));
    Long tokens =
        any(
            row.integer("max_tokens"),
            JsonText.integer(used, "maxTokens"),
            JsonText.integer(own, "maxTokens"));
    return new ModelSettings(
        Objects.requireNonNullElse(model, "unknown"),
        any(
            row.real("temperature"),
            JsonText.real(used, "temperature"),
            JsonText.real(own, "temperature")),
        tokens == null ? null : tokens.intValue(),
        any(row.real("top_p"), JsonText.real(used, "topP"), JsonText.real(own, "topP")));
  }

  /** Agent versions mostly have the parameters of the one before. */
  private @Nullable JsonNode parameters(Row row) throws SQLException {
    String stored = row.text("parameters");
    if (stored == null || !stored.equals(storedParameters)) {
      JsonNode read = JsonText.parse(stored);
      if (read == null || stored == null) {
        return read;
      }
      storedParameters = stored;
      parameters = read;
    }
    return parameters;
  }

  private static JsonNode object(Row row, @Nullable JsonNode node, String what)
      throws SQLException {
    if (node != null && (node.isObject() || node.isMissingNode() || node.isNull())) {
      return node;
    }
    row.report(CampError.BAD_JSON, "the " + what + " is no JSON object");
    return MissingNode.getInstance();
  }

  private static @Nullable String text(JsonNode object, String name) {
    return JsonText.text(object, name);
  }

  /** The first text that says something. */
  private static @Nullable String first(@Nullable String... texts) {
    for (String text : texts) {
      if (text != null && !text.isBlank()) {
        return text;
      }
    }
    return null;
  }

  @SafeVarargs
  private static <T> @Nullable T any(@Nullable T... values) {
    for (T value : values) {
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
