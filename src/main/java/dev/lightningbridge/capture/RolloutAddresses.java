package dev.lightningbridge.capture;

import dev.lightningbridge.server.Access;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code /capture/AGENT/rollout/ROLLOUT/attempt/ATTEMPT/v1}: where a runner of agentlightning calls
 * a model whose resource is a {@code ProxyLLM} at {@code /capture/AGENT/v1} ({@code
 * types/resources.py} of agentlightning 0.3.0). Such calls are the agent's like all others, and
 * their rollout is their trace where they name none.
 */
@ApplicationScoped
class RolloutAddresses {
  private static final Pattern ADDRESS =
      Pattern.compile("(/capture/[^/]+)/rollout/([^/]+)/attempt/[^/]+(/v1/.*)");

  void register(@Observes Filters filters) {
    filters.register(RolloutAddresses::take, Access.ADDRESSES);
  }

  private static void take(RoutingContext context) {
    Matcher address = ADDRESS.matcher(context.normalizedPath());
    if (!address.matches()) {
      context.next();
      return;
    }
    MultiMap headers = context.request().headers();
    if (CallTrace.of(headers) == null) {
      headers.set(CallTrace.HEADER, address.group(2));
    }
    context.reroute(address.group(1) + address.group(3));
  }
}
