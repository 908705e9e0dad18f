package dev.lightningbridge.runs.work;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.runs.request.OptimizeRequest;

/** Finds engines that search for a prompt. */
@FunctionalInterface
public interface Engines {
  /**
   * The engine asked for; {@code auto} chooses what did better in the benches.
   *
   * @throws BridgeException where there is none, or its environment is missing
   */
  PromptOptimizer of(OptimizeRequest request);
}
