package dev.lightningbridge.server;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.runs.work.RunQueue;
import dev.lightningbridge.workshop.Workshop;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready is a server whose bridge.db can be read and whose queue takes runs. */
@Readiness
class Health implements HealthCheck {
  private final Workshop workshop;
  private final RunQueue queue;

  Health(Workshop workshop, RunQueue queue) {
    this.workshop = workshop;
    this.queue = queue;
  }

  @Override
  public HealthCheckResponse call() {
    boolean taking = queue.isTaking();
    boolean usable = isUsable();
    return HealthCheckResponse.named("runs")
        .withData("queue", taking ? "taking" : "stopped")
        .withData("bridge.db", usable ? "usable" : "unusable")
        .status(taking && usable)
        .build();
  }

  private boolean isUsable() {
    try {
      workshop.database().requireInPlace();
      return workshop
              .database()
              .reading(handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one())
          == 1;
    } catch (BridgeException e) {
      System.getLogger(Health.class.getName())
          .log(System.Logger.Level.WARNING, "not ready: {0}", e.getMessage());
      return false;
    }
  }
}
