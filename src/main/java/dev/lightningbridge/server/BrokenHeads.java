package dev.lightningbridge.server;

import io.vertx.core.VertxException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Answers requests whose head Vert.x itself refuses, such as one without a host, as {@link Access}
 * answers others. By default each would be a stack trace in the log.
 */
@ApplicationScoped
class BrokenHeads {
  private static final int BAD_REQUEST = 400;

  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(BrokenHeads::answer);
  }

  private static void answer(RoutingContext context) {
    if (context.failure() instanceof VertxException && context.statusCode() == BAD_REQUEST) {
      Access.refuse(context, BAD_REQUEST, ApiError.BAD_REQUEST, "Send one Host header.");
    } else {
      context.next();
    }
  }
}
