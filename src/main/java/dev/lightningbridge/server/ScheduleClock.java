package dev.lightningbridge.server;

import dev.lightningbridge.runs.nights.NightWatch;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells the night watch when to look. */
@ApplicationScoped
class ScheduleClock {
  private final NightWatch watch;

  ScheduleClock(NightWatch watch) {
    this.watch = watch;
  }

  /** Often enough that a night which a person asks for begins while they look. */
  @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tick() {
    watch.tick();
  }
}
