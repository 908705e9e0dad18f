package dev.lightningbridge.capture;

import dev.lightningbridge.capture.recording.CaptureTally;
import dev.lightningbridge.capture.recording.Unrecorded;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * How many captured calls were recorded, and how many that should have been were not. The server is
 * ready all the same: calls are answered. Names no agent, since everybody may ask.
 */
@Readiness
class CaptureHealth implements HealthCheck {
  private final CapturedAgents agents;

  CaptureHealth(CapturedAgents agents) {
    this.agents = agents;
  }

  @Override
  public HealthCheckResponse call() {
    long recorded = 0;
    long waiting = 0;
    long lost = 0;
    for (CapturedAgents.Agent agent : agents.all()) {
      CaptureTally.Standing standing = agents.tally(agent.captured()).standing();
      recorded += standing.recorded();
      waiting += standing.waiting();
      lost += standing.unrecorded().getOrDefault(Unrecorded.QUEUE_FULL.word(), 0L);
      lost += standing.unrecorded().getOrDefault(Unrecorded.NOT_WRITTEN.word(), 0L);
    }
    return HealthCheckResponse.named("capture")
        .withData("recorded", recorded)
        .withData("waiting", waiting)
        .withData("lost", lost)
        .up()
        .build();
  }
}
