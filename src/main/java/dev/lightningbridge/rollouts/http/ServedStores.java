package dev.lightningbridge.rollouts.http;

import dev.lightningbridge.rollouts.RolloutStore;
import dev.lightningbridge.server.Access;
import dev.lightningbridge.server.ServerSettings;
import dev.lightningbridge.workshop.Workshop;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The stores of agents of agentlightning, as the server's configuration has them. */
@ApplicationScoped
class ServedStores {
  private final Map<String, RolloutStore> stores = new TreeMap<>();

  ServedStores(ServerSettings settings, Workshop workshop, Clock clock) {
    settings
        .agl()
        .forEach(
            (name, agent) -> {
              if (agent.enabled()) {
                stores.put(name, new RolloutStore(workshop.database(), name, clock));
              }
            });
  }

  /** The one that the request is for; empty where its token is another's, or it is not served. */
  Optional<RolloutStore> of(RoutingContext context) {
    String agent = String.valueOf(context.pathParam("agent"));
    return agent.equals(Access.agentOf(context))
        ? Optional.ofNullable(stores.get(agent))
        : Optional.empty();
  }
}
