package dev.lightningbridge.agent;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the finished rollouts of a run's agent, so that a resumed run repeats none. Thread-safe.
 */
public interface RolloutJournal {
  /**
   * A finished rollout.
   *
   * @param calls of models that it made
   */
  record Kept(String output, int calls) {}

  /** What an earlier process, or this one, has kept under the key. */
  Optional<Kept> find(RolloutKey key);

  /** Keeps it; what it has kept is on the disk when it returns. */
  void keep(RolloutKey key, Kept rollout);

  /** A journal for what is no run: it ends with the process. */
  static RolloutJournal inMemory() {
    return new RolloutJournal() {
      private final Map<RolloutKey, Kept> kept = new ConcurrentHashMap<>();

      @Override
      public Optional<Kept> find(RolloutKey key) {
        return Optional.ofNullable(kept.get(key));
      }

      @Override
      public void keep(RolloutKey key, Kept rollout) {
        kept.put(key, rollout);
      }
    };
  }
}
