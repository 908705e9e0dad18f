package dev.lightningbridge.runs;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.optimize.PromptOptimizer;

/** Finds engines that search for a prompt. */
@FunctionalInterface
public interface Engines {
  /**
   * The engine asked for; {@code auto} chooses what this machine can run.
   *
   * @throws BridgeException where there is none, or its environment is missing
   */
  PromptOptimizer of(OptimizeRequest request);
}
