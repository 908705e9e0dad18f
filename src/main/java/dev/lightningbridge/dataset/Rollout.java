package dev.lightningbridge.dataset;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One run of an agent with one prompt on one task.
 *
 * @param messages the whole conversation, the output last
 * @param output empty where the run failed
 * @param cutOff whether a limit of tokens ended the output, which is graded as far as it goes
 */
public record Rollout(
    Task task,
    String prompt,
    List<Message> messages,
    String output,
    Outcome outcome,
    boolean cutOff) {
  /** One whose output is whole, or that has none. */
  public Rollout(Task task, String prompt, List<Message> messages, String output, Outcome outcome) {
    this(task, prompt, messages, output, outcome, false);
  }

  /** The reward, 0 to 1; empty where the infrastructure failed. */
  public OptionalDouble reward() {
    return switch (outcome) {
      case Outcome.Rewarded r -> OptionalDouble.of(r.reward());
      case Outcome.AgentFailed f -> OptionalDouble.of(0);
      case Outcome.InfrastructureFailed f -> OptionalDouble.empty();
    };
  }

  /** Why it failed, through the agent's fault or not; empty where it did not. */
  public Optional<Failure> failure() {
    return switch (outcome) {
      case Outcome.Rewarded r -> Optional.empty();
      case Outcome.AgentFailed f -> Optional.of(f.failure());
      case Outcome.InfrastructureFailed f -> Optional.of(f.failure());
    };
  }
}
