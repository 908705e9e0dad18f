package dev.lightningbridge.agent;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ModelEndpoint;
import org.jspecify.annotations.Nullable;

/** A program or service of the user's that plays rollouts, each with the model at an endpoint. */
interface AgentProgram {
  /** The environment variable in which a program finds the prompt. */
  String PROMPT = "LIGHTNING_BRIDGE_SYSTEM_PROMPT";

  /**
   * The one in which it finds how the input is given: {@code text}, {@code chat} or {@code values}.
   */
  String INPUT = "LIGHTNING_BRIDGE_INPUT";

  /** How much an agent may answer, in bytes. */
  int MOST_BYTES = 1_000_000;

  /**
   * The output; null where it gave none itself: then it is what its last call was answered.
   *
   * @param models where the rollout's model is; closed with it
   * @throws AgentException where there is none
   * @throws InterruptedException where the run is cancelled
   */
  @Nullable String answer(String prompt, Task task, ModelEndpoint models, Cancellation cancellation)
      throws AgentException, InterruptedException;
}
