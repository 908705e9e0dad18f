package dev.lightningbridge.rollouts.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.rollouts.RolloutStore;
import dev.lightningbridge.rollouts.StoredRollout;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Requests that wait until rollouts are finished, without holding a thread meanwhile. */
@ApplicationScoped
class RolloutWaits {
  /** Between two looks. */
  private static final long PAUSE_MS = 100;

  /** Longer than agentlightning's client waits for any answer. */
  private static final double LONGEST_S = 60;

  private final StoreDoor door;
  private final Vertx vertx;

  RolloutWaits(StoreDoor door, Vertx vertx) {
    this.door = door;
    this.vertx = vertx;
  }

  /** Answers with those that are finished, when all are or the time is over. */
  void take(RoutingContext context) {
    look(context, System.nanoTime());
  }

  private void look(RoutingContext context, long began) {
    door.answer(
        context,
        200,
        (store, asked) -> {
          List<String> ids = asked.list("rollout_ids").stream().map(JsonNode::asText).toList();
          List<StoredRollout> found = found(store, ids);
          double waited = (System.nanoTime() - began) / 1e9;
          return waited < patience(asked) && found.stream().anyMatch(RolloutWaits::isUnderWay)
              ? null
              : finished(found);
        },
        () -> vertx.setTimer(PAUSE_MS, timer -> look(context, began)));
  }

  private static double patience(StoreRequest asked) {
    JsonNode timeout = asked.asked().path("timeout");
    return timeout.isNumber() ? Math.min(timeout.asDouble(), LONGEST_S) : LONGEST_S;
  }

  private static List<StoredRollout> found(RolloutStore store, List<String> ids) {
    List<StoredRollout> found = new ArrayList<>();
    for (String id : ids) {
      Optional<StoredRollout> one = store.find(id);
      one.ifPresent(found::add);
    }
    return found;
  }

  private static boolean isUnderWay(StoredRollout rollout) {
    return !rollout.status().isFinished();
  }

  private static JsonNode finished(List<StoredRollout> all) {
    ArrayNode finished = Json.mapper().createArrayNode();
    all.stream()
        .filter(rollout -> rollout.status().isFinished())
        .forEach(rollout -> finished.add(rollout.json()));
    return finished;
  }
}
