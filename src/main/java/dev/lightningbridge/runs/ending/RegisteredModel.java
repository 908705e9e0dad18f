package dev.lightningbridge.runs.ending;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model that a run has trained, as bridge.db holds it.
 *
 * @param name the name that an agent version gets as its model, and under which it is to be served
 * @param algorithm sft, dpo or rl
 * @param baseModel the folder of the weights that it started from
 * @param path the folder of its own weights, which load by themselves; {@code adapterPath} that of
 *     the LoRA adapter alone
 * @param settingsJson the {@link dev.lightningbridge.optimize.TrainingSettings}
 * @param metricsJson what training came to, by name
 * @param dataCursor how far the event log was read for its examples
 * @param splitJson the ids of the tasks by set
 * @param state trained, held, proposed, promoted or rolled_back
 * @param createdAt milliseconds since the epoch
 */
public record RegisteredModel(
    String id,
    String runId,
    String name,
    String algorithm,
    String baseModel,
    String path,
    @Nullable String adapterPath,
    String trainedWith,
    String settingsJson,
    String metricsJson,
    @Nullable String dataCursor,
    String splitJson,
    String state,
    long createdAt) {

  /** What training came to, by name. */
  public Map<String, Double> metrics() {
    Map<String, Double> metrics = new TreeMap<>();
    Json.read(metricsJson, JsonNode.class)
        .properties()
        .forEach(metric -> metrics.put(metric.getKey(), metric.getValue().asDouble()));
    return metrics;
  }

  /** As a result tells of it. */
  RunParts.Model result() {
    return new RunParts.Model(id, name, algorithm, baseModel, path, metrics());
  }
}
