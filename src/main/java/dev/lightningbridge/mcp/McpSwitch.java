package dev.lightningbridge.mcp;

import dev.lightningbridge.server.Access;
import dev.lightningbridge.server.ApiError;
import dev.lightningbridge.server.ServerSettings;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * {@code /mcp} is there only where the configuration says so. It takes the server's token alone, as
 * all that is behind {@link Access} and is no application's.
 */
@ApplicationScoped
class McpSwitch {
  private static final String ROOT = "/mcp";

  private final boolean on;

  McpSwitch(ServerSettings settings) {
    this.on = settings.mcp();
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, Access.AFTERWARDS);
  }

  private void check(RoutingContext context) {
    String path = context.normalizedPath();
    if (on || !(path.equals(ROOT) || path.startsWith(ROOT + "/"))) {
      context.next();
    } else {
      Access.refuse(
          context,
          404,
          ApiError.NO_ASSISTANTS,
          "Set lightning-bridge.mcp=true to have assistants use this server.");
    }
  }
}
