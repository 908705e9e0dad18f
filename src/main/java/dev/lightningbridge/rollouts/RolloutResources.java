package dev.lightningbridge.rollouts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.store.BridgeDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** What an agent's rollouts are run with, prompts and models: agentlightning's ResourcesUpdate. */
public final class RolloutResources {
  private static final Set<String> TYPES = Set.of("llm", "proxy_llm", "prompt_template");

  private static final RowPage.Source SOURCE =
      new RowPage.Source(
          "SELECT * FROM agl_resources",
          "agent = :agent",
          Map.of(),
          Map.of(
              "resources_id", "id",
              "create_time", "created_at",
              "update_time", "updated_at",
              "version", "version"),
          "place");

  private final BridgeDatabase database;
  private final String agent;
  private final Clock clock;

  RolloutResources(BridgeDatabase database, String agent, Clock clock) {
    this.database = database;
    this.agent = agent;
    this.clock = clock;
  }

  /**
   * Adds resources, which are the latest then.
   *
   * @param resources by their names, each an object with its {@code resource_type}
   * @throws dev.lightningbridge.common.BridgeException LB-8202 where they are no resources
   */
  public ObjectNode add(JsonNode resources) {
    return put(RowValues.newId("rs-", 12), resources);
  }

  /** Replaces the resources of an id, or adds them; they are the latest then. */
  public ObjectNode put(String id, JsonNode resources) {
    requireResources(resources);
    database.useTransaction(
        handle ->
            handle
                .createUpdate(
                    """
                    INSERT INTO agl_resources
                      (agent, id, version, created_at, updated_at, resources_json)
                    VALUES (:agent, :id, 1, :now, :now, :resources)
                    ON CONFLICT (agent, id) DO UPDATE SET version = agl_resources.version + 1,
                      updated_at = excluded.updated_at, resources_json = excluded.resources_json
                    """)
                .bind("agent", agent)
                .bind("id", id)
                .bind("now", RowValues.now(clock))
                .bind("resources", Json.write(resources))
                .execute());
    return find(id).orElseThrow(() -> RolloutError.unknown("resources", id));
  }

  /** They are there no more, whatever rollouts name them. */
  public void delete(String id) {
    database.useTransaction(
        handle ->
            handle.execute("DELETE FROM agl_resources WHERE agent = ? AND id = ?", agent, id));
  }

  public Optional<ObjectNode> find(String id) {
    return query(RowFilter.all().exact("resources_id", id), RowPage.ALL).items().stream()
        .findFirst();
  }

  /** Those that were added or replaced last. */
  public Optional<ObjectNode> latest() {
    return database.reading(RolloutResources.this::latestId).flatMap(this::find);
  }

  Optional<String> latestId(Handle handle) {
    return handle
        .createQuery(
            """
            SELECT id FROM agl_resources WHERE agent = :agent
            ORDER BY updated_at DESC, place DESC LIMIT 1
            """)
        .bind("agent", agent)
        .mapTo(String.class)
        .findOne();
  }

  void forget(Handle handle, double before) {
    handle.execute(
        """
        DELETE FROM agl_resources WHERE agent = ? AND updated_at < ? AND id <> ?
          AND id NOT IN (SELECT resources_id FROM agl_rollouts WHERE resources_id IS NOT NULL)
        """,
        agent,
        before,
        latestId(handle).orElse(""));
  }

  public RowPage.Rows<ObjectNode> query(RowFilter filter, RowPage page) {
    return database.reading(
        handle ->
            page.read(
                handle, SOURCE.of(Map.of("agent", agent)), filter, (row, context) -> json(row)));
  }

  private static void requireResources(JsonNode resources) {
    boolean usable = resources.isObject();
    for (JsonNode one : resources) {
      usable &= TYPES.contains(one.path("resource_type").asText());
    }
    if (!usable) {
      throw RolloutError.unusable(
          "they are no named resources",
          "resources",
          "Give an object of objects, each with its resource_type: llm, proxy_llm or"
              + " prompt_template.");
    }
  }

  private static ObjectNode json(ResultSet row) throws SQLException {
    ObjectNode json =
        Json.mapper()
            .createObjectNode()
            .put("resources_id", row.getString("id"))
            .put("create_time", row.getDouble("created_at"))
            .put("update_time", row.getDouble("updated_at"))
            .put("version", row.getInt("version"));
    json.set("resources", RowValues.json(row, "resources_json"));
    return json;
  }
}
