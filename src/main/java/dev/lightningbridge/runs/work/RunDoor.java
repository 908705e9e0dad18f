package dev.lightningbridge.runs.work;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.runs.QueuePlace;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.RunError;
import java.time.Duration;

/**
 * Where runs come in that somebody asks a server for and waits for the answer: their endpoints are
 * tried before they are queued.
 */
public final class RunDoor {
  private static final Duration AT_MOST = Duration.ofSeconds(10);

  private final RunQueue queue;
  private final Optimization optimization;

  public RunDoor(RunQueue queue, Optimization optimization) {
    this.queue = queue;
    this.optimization = optimization;
  }

  /**
   * Adds a run. What may pass with its endpoints is left to its turn.
   *
   * @return its id; that of the run added before with the same idempotency key
   * @throws BridgeException as {@link RunQueue#add}, and LB-7130 where an endpoint cannot be used:
   *     there is no run then
   */
  public String add(OptimizeRequest request, QueuePlace place) {
    if (queue.withKey(place).isEmpty()) {
      try {
        tried(request);
      } catch (BridgeException e) {
        if (e.code() != RunError.ENDPOINT_NOT_READY) {
          throw e;
        }
      }
    }
    return queue.add(request, place);
  }

  /**
   * Calls each model of each endpoint that the run would use once.
   *
   * @throws BridgeException LB-7130, LB-7131 where one does not answer within ten seconds; where
   *     the run could not start
   */
  public EndpointTrial.Answered tried(OptimizeRequest request) {
    return EndpointTrial.of(request, optimization.plan(request), AT_MOST);
  }
}
