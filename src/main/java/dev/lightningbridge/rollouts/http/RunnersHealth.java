package dev.lightningbridge.rollouts.http;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.rollouts.StoreCounts.Standing;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * How many rollouts wait for agentlightning's runners, are run and are finished, and how many
 * runners were there in the last minute. The server is ready all the same: runners come and go.
 * Names no agent, since everybody may ask.
 */
@Readiness
class RunnersHealth implements HealthCheck {
  private final RunnerStores stores;

  RunnersHealth(RunnerStores stores) {
    this.stores = stores;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder health = HealthCheckResponse.named("agl").up();
    long enabled = 0;
    long waiting = 0;
    long running = 0;
    long finished = 0;
    long runners = 0;
    try {
      for (RunnerStores.Store store : stores.all()) {
        Standing standing = store.standing();
        enabled += store.enabled() ? 1 : 0;
        waiting += standing.waiting();
        running += standing.running();
        finished += standing.finished();
        runners += standing.runners();
      }
    } catch (BridgeException e) {
      // What is wrong with bridge.db, the health of runs says.
      return health.down().build();
    }
    return health
        .withData("stores", enabled)
        .withData("waiting", waiting)
        .withData("running", running)
        .withData("finished", finished)
        .withData("runners", runners)
        .build();
  }
}
