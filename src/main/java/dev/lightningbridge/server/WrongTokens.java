package dev.lightningbridge.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Counts tokens that were wrong, and says how long the next refusal waits: not at all for the first
 * few of a minute, then longer with each, up to a fifth of a second. Right tokens never wait.
 * Thread-safe.
 */
@ApplicationScoped
class WrongTokens {
  private static final System.Logger LOG = System.getLogger(WrongTokens.class.getName());
  private static final long WINDOW_MS = 60_000;
  private static final int FREE = 5;
  private static final int MOST_KEPT = 1_000;
  private static final long STEP_MS = 20;
  private static final long LONGEST_MS = 200;

  private final Clock clock;
  private final Counter counter;
  private final Deque<Long> recent = new ArrayDeque<>();

  WrongTokens(Clock clock, MeterRegistry registry) {
    this.clock = clock;
    this.counter =
        Counter.builder("lightning_bridge_wrong_tokens")
            .description("Requests and log-ins with a wrong token")
            .register(registry);
  }

  synchronized void count() {
    long now = clock.millis();
    forget(now);
    recent.addLast(now);
    if (recent.size() > MOST_KEPT) {
      recent.removeFirst();
    }
    counter.increment();
    if (recent.size() == FREE + 1) {
      LOG.log(
          System.Logger.Level.WARNING,
          "More than {0} wrong tokens within a minute: refusals are slowed down",
          FREE);
    }
  }

  /** How long a refusal waits now. */
  synchronized Duration delay() {
    forget(clock.millis());
    return Duration.ofMillis(Math.clamp((recent.size() - FREE) * STEP_MS, 0, LONGEST_MS));
  }

  private void forget(long now) {
    while (!recent.isEmpty() && recent.getFirst() < now - WINDOW_MS) {
      recent.removeFirst();
    }
  }
}
