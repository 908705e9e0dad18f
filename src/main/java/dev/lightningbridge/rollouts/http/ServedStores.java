package dev.lightningbridge.rollouts.http;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.rollouts.RolloutError;
import dev.lightningbridge.rollouts.RolloutStore;
import dev.lightningbridge.server.Access;
import dev.lightningbridge.server.ServerSettings;
import dev.lightningbridge.workshop.Workshop;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The stores of agents of agentlightning, as the server's configuration has them. */
@Startup
@ApplicationScoped
class ServedStores {
  private final Map<String, Served> stores = new TreeMap<>();
  private final Map<String, Duration> kept = new TreeMap<>();
  private final Clock clock;

  ServedStores(ServerSettings settings, Workshop workshop, Clock clock) {
    this.clock = clock;
    settings
        .agl()
        .forEach(
            (name, agent) -> {
              RolloutStore store = new RolloutStore(workshop.database(), name, clock);
              stores.put(name, new Served(store, agent.enabled()));
              if (agent.enabled()) {
                agent.keepDays().ifPresent(days -> kept.put(name, days(name, days)));
              }
            });
  }

  /** A store, and whether it is served to its runners. */
  record Served(RolloutStore store, boolean enabled) {}

  private static Duration days(String agent, int days) {
    if (days < 1) {
      throw new BridgeException(
          RolloutError.SETTING_UNUSABLE,
          "what is kept is more than nothing",
          "lightning-bridge.agl." + agent + ".keep-days",
          "Leave keep-days out for ever.");
    }
    return Duration.ofDays(days);
  }

  @Scheduled(every = "1h", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void forget() {
    kept.forEach(
        (name, time) -> find(name).ifPresent(store -> store.forget(clock.instant().minus(time))));
  }

  /** The one that the request is for; empty where its token is another's, or it is not served. */
  Optional<RolloutStore> of(RoutingContext context) {
    String agent = String.valueOf(context.pathParam("agent"));
    return agent.equals(Access.agentOf(context)) ? find(agent) : Optional.empty();
  }

  private Optional<RolloutStore> find(String agent) {
    return Optional.ofNullable(stores.get(agent)).filter(Served::enabled).map(Served::store);
  }

  /** All that are configured, by the names of their agents. */
  Map<String, Served> all() {
    return Collections.unmodifiableMap(stores);
  }
}
