package dev.lightningbridge.runs.request;

import dev.lightningbridge.model.Limits;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which models a run calls and what it may spend on them.
 *
 * @param names names of the endpoint's models by role in lower case
 * @param aliases a database's model names to the endpoint's
 * @param prices a file of prices beside the known ones; null where there is none
 * @param seed of the random part of waits
 * @param own the models that the run serves itself and that its agent is run with, the current one
 *     first; empty where the endpoint answers for the agent too
 */
public record ModelUse(
    ModelAccess access,
    Map<String, String> names,
    Map<String, String> aliases,
    @Nullable Path prices,
    Limits limits,
    long seed,
    List<String> own) {
  /** All calls go to the endpoint. */
  public ModelUse(
      ModelAccess access,
      Map<String, String> names,
      Map<String, String> aliases,
      @Nullable Path prices,
      Limits limits,
      long seed) {
    this(access, names, aliases, prices, limits, seed, List.of());
  }

  public boolean sandbox() {
    return access instanceof ModelAccess.Sandbox;
  }
}
