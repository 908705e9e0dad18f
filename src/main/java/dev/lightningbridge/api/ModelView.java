package dev.lightningbridge.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.runs.ending.RegisteredModel;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A trained model.
 *
 * @param split the ids of the tasks by set; null in lists
 */
@Schema(name = "Model")
public record ModelView(
    String id,
    @Schema(
            description = "The agent's model, if it is promoted; serve the weights under it.",
            examples = "qwen-sft-3f1c0a9b")
        String name,
    String runId,
    @Schema(enumeration = {"sft", "dpo", "rl"}) String algorithm,
    @Schema(enumeration = {"trained", "held", "proposed", "promoted", "rolled_back"}) String state,
    @Schema(description = "The folder of the model that it was made of.") String baseModel,
    @Schema(description = "The folder of its weights.") String path,
    @Schema(description = "The folder of the adapter alone.") @Nullable String adapterPath,
    @Schema(description = "The trainer's packages.") String trainedWith,
    @Schema(description = "How far the event log was read for its examples.")
        @Nullable String dataCursor,
    Instant createdAt,
    @Schema(description = "What training came to, by name.") Map<String, Double> metrics,
    JsonNode settings,
    @Nullable JsonNode split) {

  /** With all that there is of it. */
  static ModelView whole(RegisteredModel model) {
    return view(model, Json.read(model.splitJson(), JsonNode.class));
  }

  /** As a line of a list. */
  static ModelView line(RegisteredModel model) {
    return view(model, null);
  }

  private static ModelView view(RegisteredModel model, @Nullable JsonNode split) {
    return new ModelView(
        model.id(),
        model.name(),
        model.runId(),
        model.algorithm(),
        model.state(),
        model.baseModel(),
        model.path(),
        model.adapterPath(),
        model.trainedWith(),
        model.dataCursor(),
        Instant.ofEpochMilli(model.createdAt()),
        model.metrics(),
        Json.read(model.settingsJson(), JsonNode.class),
        split);
  }
}
