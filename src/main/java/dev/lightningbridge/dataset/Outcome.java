package dev.lightningbridge.dataset;

/** How a rollout ended. A failure of the infrastructure is never a reward. */
public sealed interface Outcome {
  /**
   * The output was graded.
   *
   * @param reward 0 to 1
   * @param feedback the grader's words for the critic; may be empty
   */
  record Rewarded(double reward, String feedback) implements Outcome {}

  /** The agent itself failed, such as by a refusal: its reward is 0. */
  record AgentFailed(Failure failure) implements Outcome {}

  /**
   * Model, network, grader or a program that is the agent failed: the rollout says nothing about
   * the prompt.
   */
  record InfrastructureFailed(Failure failure) implements Outcome {}
}
