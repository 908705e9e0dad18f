package dev.lightningbridge.optimize;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ModelEndpoint;

/** An engine that searches for a better prompt. */
public interface PromptOptimizer {
  /** {@code agentlightning} or {@code java}. */
  String name();

  /**
   * Searches. Ends early, with the best so far, when the budget is used up or the run cancelled.
   *
   * @throws BridgeException where the search cannot go on: environment missing, engine crashed, too
   *     many rollouts failed
   */
  OptimizationResult optimize(OptimizationJob job, Context context);

  /**
   * What an engine works with.
   *
   * @param rollouts runs and grades an agent; the one way to do so, for every engine
   * @param models the gateway, for engines in this process
   * @param endpoint the gateway, for engines in another process
   */
  record Context(
      RolloutRunner rollouts,
      ChatModel models,
      ModelEndpoint endpoint,
      RunEvent.Listener events,
      Cancellation cancellation) {}
}
