package dev.lightningbridge.rollouts.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.rollouts.RowPage;
import dev.lightningbridge.rollouts.StoredAttempt;
import dev.lightningbridge.rollouts.StoredRollout;
import java.util.List;
import java.util.stream.Stream;

/** The paths of rollouts, of their queue and of attempts at them. */
final class RolloutRoutes {
  private static final String ROLLOUT = "/rollouts/:rollout";
  private static final int MOST_AT_ONCE = 1_000;

  private RolloutRoutes() {}

  static void add(StorePaths paths) {
    queue(paths);
    rollouts(paths);
    attempts(paths);
  }

  private static void queue(StorePaths paths) {
    paths.post(
        "/queues/rollouts/enqueue",
        201,
        (store, asked) ->
            list(store.enqueue(asked.list("rollouts")).stream().map(StoredRollout::json)));
    paths.post(
        "/queues/rollouts/dequeue",
        200,
        (store, asked) -> {
          int limit = Math.min(asked.number("limit", 1), MOST_AT_ONCE);
          return list(
              (limit < 1 ? List.<StoredRollout>of() : store.dequeue(limit, asked.text("worker_id")))
                  .stream().map(StoredRollout::json));
        });
  }

  private static void rollouts(StorePaths paths) {
    paths.post(
        "/rollouts",
        201,
        (store, asked) -> store.start(asked.asked(), asked.text("worker_id")).json());
    paths.both(
        "/rollouts",
        (store, asked) ->
            store
                .query(
                    asked
                        .filter()
                        .within("status", asked.texts("status_in"))
                        .within("rollout_id", asked.texts("rollout_id_in"))
                        .contains("rollout_id", asked.text("rollout_id_contains")),
                    asked.page(null))
                .json(StoredRollout::json));
    paths.get(
        ROLLOUT,
        (store, asked) ->
            StoreDoor.orNull(store.find(asked.place("rollout")).map(StoredRollout::json)));
    paths.post(
        ROLLOUT,
        200,
        (store, asked) ->
            store.update(asked.place("rollout"), asked.without("status", "config")).json());
  }

  private static void attempts(StorePaths paths) {
    String path = ROLLOUT + "/attempts";
    paths.post(
        path,
        201,
        (store, asked) ->
            store.startAttempt(asked.place("rollout"), asked.text("worker_id")).json());
    paths.both(
        path,
        (store, asked) ->
            store
                .attempts()
                .query(asked.place("rollout"), asked.page("sequence_id"))
                .json(StoredAttempt::json));
    paths.get(
        path + "/latest",
        (store, asked) ->
            StoreDoor.orNull(
                store
                    .attempts()
                    .query(asked.place("rollout"), new RowPage(1, 0, "sequence_id", true))
                    .items()
                    .stream()
                    .findFirst()
                    .map(StoredAttempt::json)));
    paths.post(
        path + "/:attempt",
        200,
        (store, asked) ->
            store
                .attempts()
                .update(
                    asked.place("rollout"),
                    asked.place("attempt"),
                    asked.without("status", "worker_id", "last_heartbeat_time", "metadata"))
                .json());
  }

  private static ArrayNode list(Stream<ObjectNode> items) {
    ArrayNode list = Json.mapper().createArrayNode();
    items.forEach(list::add);
    return list;
  }
}
