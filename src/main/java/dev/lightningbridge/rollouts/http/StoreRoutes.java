package dev.lightningbridge.rollouts.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.rollouts.RolloutSpans;
import dev.lightningbridge.rollouts.RolloutStore;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;

/**
 * {@code /agl/AGENT}: the store of an agent, as agentlightning 0.3.0's {@code LightningStoreClient}
 * calls it ({@code store/client_server.py} there). Who gets here has shown an agent's token.
 */
@ApplicationScoped
class StoreRoutes {
  private final StoreDoor door;
  private final TakenSpans traces;
  private final RolloutWaits waits;

  StoreRoutes(StoreDoor door, TakenSpans traces, RolloutWaits waits) {
    this.door = door;
    this.traces = traces;
    this.waits = waits;
  }

  void routes(@Observes Router router) {
    StorePaths paths = new StorePaths(router, door);
    paths.get("/health", (store, asked) -> json(Map.of("status", "ok")));
    paths.get("/statistics", (store, asked) -> store.statistics());
    RolloutRoutes.add(paths);
    resources(paths);
    spans(paths);
    workers(paths);
    router.post(StorePaths.STORE + "/waits/rollouts").handler(waits::take);
    router.post(StorePaths.BASE + "/traces").handler(traces::take);
    for (String signal : List.of("/metrics", "/logs", "/development/profiles")) {
      router
          .post(StorePaths.BASE + signal)
          .handler(context -> context.response().setStatusCode(501).end());
    }
    router.route("/agl/*").handler(StoreDoor::unknown);
  }

  private static void resources(StorePaths paths) {
    paths.post("/resources", 201, (store, asked) -> store.resources().add(asked.asked()));
    paths.get(
        "/resources",
        (store, asked) ->
            store
                .resources()
                .query(
                    asked
                        .filter()
                        .exact("resources_id", asked.text("resources_id"))
                        .contains("resources_id", asked.text("resources_id_contains")),
                    asked.page(null))
                .json(one -> one));
    paths.get("/resources/latest", (store, asked) -> StoreDoor.orNull(store.resources().latest()));
    paths.get(
        "/resources/:resources",
        (store, asked) -> StoreDoor.orNull(store.resources().find(asked.place("resources"))));
    paths.post(
        "/resources/:resources",
        200,
        (store, asked) -> store.resources().put(asked.place("resources"), asked.asked()));
  }

  private static void spans(StorePaths paths) {
    paths.both(
        "/spans",
        (store, asked) ->
            store
                .spans()
                .query(
                    asked.required("rollout_id"),
                    asked.text("attempt_id"),
                    asked.spanFilter(),
                    asked.page("sequence_id"))
                .json(one -> one));
    paths.post(
        "/spans/next",
        200,
        (store, asked) ->
            json(Map.of("sequence_id", store.spans().next(asked.required("rollout_id")))));
    paths.post("/spans", 201, StoreRoutes::addSpan);
  }

  /** Null where it is there already. */
  private static JsonNode addSpan(RolloutStore store, StoreRequest asked) {
    if (!(asked.asked() instanceof ObjectNode span)) {
      throw StoreRequest.unusable("it is no object", "body");
    }
    RolloutSpans.Added added = store.spans().add(List.of(span));
    for (BridgeException refused : added.refused()) {
      throw refused;
    }
    return added.kept().isEmpty() ? NullNode.getInstance() : added.kept().getFirst();
  }

  private static void workers(StorePaths paths) {
    paths.both(
        "/workers",
        (store, asked) ->
            store
                .workers()
                .query(
                    asked
                        .filter()
                        .within("status", asked.texts("status_in"))
                        .contains("worker_id", asked.text("worker_id_contains")),
                    asked.page(null))
                .json(one -> one));
    paths.get(
        "/workers/:worker",
        (store, asked) -> StoreDoor.orNull(store.workers().find(asked.place("worker"))));
    paths.post(
        "/workers/:worker",
        200,
        (store, asked) ->
            store
                .workers()
                .heartbeat(
                    asked.place("worker"),
                    asked.without("heartbeat_stats").get("heartbeat_stats")));
  }

  private static JsonNode json(Map<String, ?> members) {
    return Json.mapper().valueToTree(members);
  }
}
