package dev.lightningbridge.optimize;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rollouts that fail one after the other, each after its own retries. So many are no chance, and
 * waiting for the evaluation's end would only cost time. Refusals and the like say something about
 * a prompt; but where a run begins with nothing else, and another prompt changes nothing, it has
 * nothing to go by. Thread-safe.
 */
final class FailureStreak {
  static final int HOPELESS = 8;

  private final List<Failure> failures = new ArrayList<>();
  private final List<Failure> refusals = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();
  private boolean rewarded;

  /**
   * A rollout ended.
   *
   * @throws BridgeException where it is one failure too many
   */
  synchronized void ended(Rollout rollout) {
    switch (rollout.outcome()) {
      case Outcome.Rewarded r -> {
        rewarded = true;
        failures.clear();
      }
      case Outcome.AgentFailed f -> {
        failures.clear();
        refusals.add(f.failure());
        refused.add(rollout.prompt());
        if (!rewarded && refusals.size() >= HOPELESS && refused.size() > 1) {
          throw FailureLimit.error(
              "none of the first %d rollouts, with %d prompts, gave an output"
                  .formatted(refusals.size(), refused.size()),
              "the beginning of the run",
              refusals,
              "Then start another run.");
        }
      }
      case Outcome.InfrastructureFailed f -> {
        failures.add(f.failure());
        if (failures.size() >= HOPELESS) {
          throw FailureLimit.error(
              "%d rollouts one after the other have no result".formatted(failures.size()),
              "the run",
              failures,
              "Then `runs resume` the run.");
        }
      }
    }
  }
}
