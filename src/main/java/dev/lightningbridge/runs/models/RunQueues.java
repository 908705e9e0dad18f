package dev.lightningbridge.runs.models;

import dev.lightningbridge.agent.AglQueue;
import dev.lightningbridge.rollouts.RolloutStore;
import dev.lightningbridge.store.BridgeDatabase;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** A run's rollouts in the stores of agents of agentlightning: one queue for each agent. */
final class RunQueues implements Function<String, AglQueue> {
  private final BridgeDatabase database;
  private final String runId;
  private final Consumer<String> notices;
  private final Map<String, RolloutQueue> queues = new ConcurrentHashMap<>();

  /**
   * @param notices told what a person should know at once, a sentence each
   */
  RunQueues(BridgeDatabase database, String runId, Consumer<String> notices) {
    this.database = database;
    this.runId = runId;
    this.notices = notices;
  }

  /** The agent's, the same one however often the run asks for it. */
  @Override
  public AglQueue apply(String agent) {
    return queues.computeIfAbsent(
        agent,
        name ->
            RolloutQueue.of(new RolloutStore(database, name), runId, new LostSpans(name, notices)));
  }

  /** What is to be said of the spans that did not come, in all processes of the run. */
  Stream<String> remarks() {
    return queues.values().stream().flatMap(queue -> queue.remark().stream());
  }
}
