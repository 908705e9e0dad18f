package dev.lightningbridge.rollouts.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.rollouts.RolloutError;
import dev.lightningbridge.rollouts.RolloutStore;
import dev.lightningbridge.server.BesideLoop;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Has requests answered beside the event loop, and tells clients what went wrong. */
@ApplicationScoped
class StoreDoor {
  private static final System.Logger LOG = System.getLogger(StoreDoor.class.getName());

  /** SQLite takes one writer at a time. */
  private static final int AT_ONCE = 8;

  private final ServedStores stores;
  private final Vertx vertx;
  private final Semaphore places = new Semaphore(AT_ONCE, true);

  StoreDoor(ServedStores stores, Vertx vertx) {
    this.stores = stores;
    this.vertx = vertx;
  }

  /** What the store says to a request; null where it has nothing to say yet. */
  interface Work {
    @Nullable JsonNode answer(RolloutStore store, StoreRequest request);
  }

  private record Answer(int status, @Nullable JsonNode json) {}

  /** Answers the request, with this status where all is well. */
  void answer(RoutingContext context, int status, Work work) {
    answer(context, status, work, () -> {});
  }

  /**
   * Answers the request.
   *
   * @param later what to do, on the event loop, where the store has nothing to say yet and the
   *     client still waits
   */
  void answer(RoutingContext context, int status, Work work, Runnable later) {
    RolloutStore store = stores.of(context).orElse(null);
    if (store == null) {
      unknown(context);
      return;
    }
    BesideLoop.run(
        vertx,
        () -> answer(context, store, status, work),
        answer -> {
          if (answer.json() != null) {
            send(context, answer.status(), answer.json());
          } else if (!context.response().closed()) {
            later.run();
          }
        });
  }

  private Answer answer(RoutingContext context, RolloutStore store, int status, Work work) {
    places.acquireUninterruptibly();
    try {
      return new Answer(status, work.answer(store, StoreRequest.of(context)));
    } catch (BridgeException e) {
      return new Answer(status(e), problem(e.code().id(), String.valueOf(e.getMessage())));
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(System.Logger.Level.WARNING, context.normalizedPath() + ": no answer", e);
      return new Answer(
          500, problem("LB-8099", "an unexpected error; the server's log says which"));
    } finally {
      places.release();
    }
  }

  /** Clients try again what is not the fault of their request. */
  private static int status(BridgeException e) {
    return !(e.code() instanceof RolloutError code)
        ? 503
        : switch (code) {
          case UNKNOWN -> 404;
          case UNUSABLE, SETTING_UNUSABLE -> 400;
          case TOO_MUCH -> 413;
        };
  }

  static void unknown(RoutingContext context) {
    send(context, 404, problem("unknown_url", "There is nothing here for this token."));
  }

  /** In the form that FastAPI has, which agentlightning's own server is made of. */
  private static JsonNode problem(String code, String detail) {
    return Json.mapper().valueToTree(Map.of("detail", detail, "code", code));
  }

  /** What there is, or null. */
  static JsonNode orNull(Optional<? extends JsonNode> json) {
    return json.<JsonNode>map(found -> found).orElse(NullNode.getInstance());
  }

  private static void send(RoutingContext context, int status, JsonNode json) {
    if (!context.response().closed()) {
      context
          .response()
          .setStatusCode(status)
          .putHeader("Content-Type", "application/json")
          .end(Json.write(json));
    }
  }
}
