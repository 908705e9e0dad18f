package dev.lightningbridge.runs;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which model answers a run's calls. It is never guessed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ModelAccess.Sandbox.class, name = "sandbox"),
  @JsonSubTypes.Type(value = ModelAccess.Endpoint.class, name = "endpoint"),
  @JsonSubTypes.Type(value = ModelAccess.None.class, name = "none")
})
public sealed interface ModelAccess {
  /**
   * The simulated model.
   *
   * @param latencyMs added to each call
   * @param judge how its judge scores: careful, noisy, coin-flip or length-loving
   */
  record Sandbox(long seed, int latencyMs, String judge) implements ModelAccess {}

  /**
   * An OpenAI-compatible endpoint.
   *
   * @param keyVariable the environment variable that holds its key; the key itself is never kept
   * @param keyFile a file outside every repository that holds the key instead
   * @param keyHeader the header that carries it; null for the usual one, Authorization or Azure's
   *     api-key
   */
  record Endpoint(
      String baseUrl, String keyVariable, @Nullable Path keyFile, @Nullable String keyHeader)
      implements ModelAccess {}

  /** None but those that the run serves itself: enough where a rule grades a trained model. */
  record None() implements ModelAccess {}
}
