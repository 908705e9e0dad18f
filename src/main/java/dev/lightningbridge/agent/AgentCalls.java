package dev.lightningbridge.agent;

/** How many models' calls a rollout of the run's agent makes, as far as is known. Thread-safe. */
public final class AgentCalls {
  private long rollouts;
  private long calls;

  /** One ended, having made so many. */
  synchronized void rollout(int made) {
    rollouts++;
    calls += made;
  }

  /** About how many so many rollouts make: one each before the first, and at the least. */
  public synchronized long of(long some) {
    return rollouts == 0 ? some : Math.max(some, Math.ceilDiv(some * calls, rollouts));
  }
}
