package dev.lightningbridge.optimize.verdict;

import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import java.util.OptionalDouble;

/** Both prompts' rollouts on one task of the sealed test. */
public record PairedRollout(Task task, Rollout baseline, Rollout winner) {
  /** Whether both have a reward; else the pair counts for nothing. */
  public boolean comparable() {
    return baseline.reward().isPresent() && winner.reward().isPresent();
  }

  /** The winner's reward minus the baseline's; empty where either has none. */
  public OptionalDouble difference() {
    return comparable()
        ? OptionalDouble.of(winner.reward().getAsDouble() - baseline.reward().getAsDouble())
        : OptionalDouble.empty();
  }
}
