package dev.lightningbridge.optimize;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trained model.
 *
 * @param weights a folder that loads by itself, as transformers write one; adapters are merged
 * @param adapter the folder of the LoRA adapter alone; null where all weights were trained
 * @param metrics what training came to, such as its first and last loss, by name
 * @param trainedWith the trainer's packages and their versions, for people
 */
public record TrainedModel(
    Path weights, @Nullable Path adapter, Map<String, Double> metrics, String trainedWith) {
  public TrainedModel {
    metrics = Map.copyOf(metrics);
  }
}
