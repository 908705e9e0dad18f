package dev.lightningbridge.runs.nights;

import dev.lightningbridge.agent.NamedAgents;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.model.sandbox.JudgeHabit;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.RunError;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The models and graders that a server's configuration offers to runs that are not typed on a
 * command line.
 *
 * @param endpoint null where none is configured
 * @param prices a file of prices beside the known ones; null where there is none
 * @param sandbox whether the simulated model may be used
 * @param agents that are programs
 * @param graders those outside of this program
 */
public record ConfiguredModel(
    ModelAccess.@Nullable Endpoint endpoint,
    @Nullable Path prices,
    boolean sandbox,
    NamedAgents agents,
    NamedGraders graders) {
  /** Without agents and graders that are programs. */
  public ConfiguredModel(
      ModelAccess.@Nullable Endpoint endpoint, @Nullable Path prices, boolean sandbox) {
    this(endpoint, prices, sandbox, NamedAgents.NONE, NamedGraders.NONE);
  }

  /**
   * The access of a run.
   *
   * @throws BridgeException where the configuration does not offer it
   */
  public ModelAccess access(Schedule.Model model) {
    boolean simulated = model.sandbox();
    if (simulated && sandbox) {
      return new ModelAccess.Sandbox(model.sandboxSeed(), 0, JudgeHabit.USUAL);
    }
    if (!simulated && endpoint != null) {
      return endpoint;
    }
    throw new BridgeException(
        RunError.NO_MODEL,
        simulated ? "the simulated model is switched off here" : "no model endpoint is configured",
        simulated ? "lightning-bridge.sandbox" : "lightning-bridge.endpoint.base-url",
        "Set it in the server's configuration, or choose the other one.");
  }
}
