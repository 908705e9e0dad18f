package dev.lightningbridge.server;

import dev.lightningbridge.runs.RunFeed;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.RunTotals;
import dev.lightningbridge.runs.work.RunQueue;
import dev.lightningbridge.workshop.Workshop;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What {@code /q/metrics} tells of runs. bridge.db is read once for all of it. */
@Startup
@ApplicationScoped
class ServerMetrics {
  private static final long FRESH_MS = 5_000;

  private final Workshop workshop;
  private final RunQueue queue;
  private final RunFeed feed;
  private final MeterRegistry registry;
  private final Clock clock;
  private @Nullable RunTotals totals;
  private long readAt;

  ServerMetrics(
      Workshop workshop, RunQueue queue, RunFeed feed, MeterRegistry registry, Clock clock) {
    this.workshop = workshop;
    this.queue = queue;
    this.feed = feed;
    this.registry = registry;
    this.clock = clock;
  }

  @PostConstruct
  void register() {
    for (RunState state : RunState.values()) {
      Gauge.builder("lightning_bridge_runs", this, m -> m.totals().runs(state))
          .tag("state", state.text())
          .description("Runs in bridge.db by state")
          .register(registry);
    }
    counter("lightning_bridge_calls", "Model calls that ended", m -> m.totals().calls());
    counter("lightning_bridge_retries", "Repeats of failed calls", m -> m.totals().retries());
    counter("lightning_bridge_tokens", "Tokens of model calls", m -> m.totals().tokens());
    counter("lightning_bridge_usd", "US dollars of model calls", m -> m.totals().usd());
    Gauge.builder("lightning_bridge_queue_length", queue, q -> q.waiting().runs())
        .description("Runs that wait")
        .register(registry);
    Gauge.builder("lightning_bridge_queue_age_seconds", queue, q -> q.waiting().oldestMs() / 1e3)
        .description("How long the oldest of them waits")
        .register(registry);
    Gauge.builder("lightning_bridge_running", queue, q -> q.running().size())
        .description("Runs that this server runs")
        .register(registry);
    Gauge.builder("lightning_bridge_watchers", feed, RunFeed::watching)
        .description("Clients that watch runs")
        .register(registry);
  }

  private void counter(String name, String description, ToDoubleFunction<ServerMetrics> value) {
    FunctionCounter.builder(name, this, value).description(description).register(registry);
  }

  private synchronized RunTotals totals() {
    long now = clock.millis();
    RunTotals read = totals;
    if (read == null || now - readAt > FRESH_MS) {
      read = workshop.totals();
      totals = read;
      readAt = now;
    }
    return read;
  }
}
