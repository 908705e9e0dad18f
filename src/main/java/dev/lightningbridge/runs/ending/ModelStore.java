package dev.lightningbridge.runs.ending;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.runs.RunList;
import dev.lightningbridge.runs.request.RunError;
import dev.lightningbridge.store.BridgeDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The models that runs have trained, in bridge.db. */
public final class ModelStore {
  private final BridgeDatabase database;

  public ModelStore(BridgeDatabase database) {
    this.database = database;
  }

  /**
   * Adds the model of a run. Where the run has one already, whose weights are not to be had here,
   * this is what it is now; its id and name stay.
   */
  public void add(RegisteredModel model) {
    database.useTransaction(
        handle ->
            handle.execute(
                """
                INSERT INTO models (id, run_id, name, algorithm, base_model, path, adapter_path,
                    trained_with, settings_json, metrics_json, data_cursor, split_json, state,
                    created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (run_id) DO UPDATE SET path = excluded.path,
                    adapter_path = excluded.adapter_path, trained_with = excluded.trained_with,
                    settings_json = excluded.settings_json, metrics_json = excluded.metrics_json,
                    data_cursor = excluded.data_cursor, state = excluded.state
                """,
                model.id(),
                model.runId(),
                model.name(),
                model.algorithm(),
                model.baseModel(),
                model.path(),
                model.adapterPath(),
                model.trainedWith(),
                model.settingsJson(),
                model.metricsJson(),
                model.dataCursor(),
                model.splitJson(),
                model.state(),
                model.createdAt()));
  }

  /** Notes what became of the run's model; nothing where the run trained none. */
  void became(String runId, String state) {
    database.useTransaction(
        handle -> handle.execute("UPDATE models SET state = ? WHERE run_id = ?", state, runId));
  }

  /** The model that the run has trained. */
  public Optional<RegisteredModel> ofRun(String runId) {
    return by("run_id", runId);
  }

  /** The name of the model whose weights are in the folder. */
  Optional<String> nameOf(String path) {
    return by("path", path).map(RegisteredModel::name);
  }

  /**
   * The model with this name or id.
   *
   * @throws BridgeException where there is none
   */
  public RegisteredModel get(String nameOrId) {
    return by("name", nameOrId)
        .or(() -> by("id", nameOrId))
        .orElseThrow(
            () ->
                new BridgeException(
                    RunError.NO_SUCH_MODEL,
                    "no run has trained a model of this name",
                    nameOrId,
                    "`models list` shows those of this --home."));
  }

  /** The newest first. */
  public List<RegisteredModel> newest(int limit) {
    return page(null, limit);
  }

  /**
   * The newest first, those that come after a place.
   *
   * @param after null for the first page
   * @param limit how many at the most
   */
  public List<RegisteredModel> page(RunList.@Nullable Place after, int limit) {
    return database.reading(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM models
                    WHERE created_at < :at OR (created_at = :at AND id > :id)
                    ORDER BY created_at DESC, id LIMIT :limit
                    """)
                .bind("at", after == null ? Long.MAX_VALUE : after.createdAt())
                .bind("id", after == null ? "" : after.id())
                .bind("limit", limit)
                .map((rs, context) -> model(rs))
                .list());
  }

  private Optional<RegisteredModel> by(String column, String value) {
    return database.reading(
        handle ->
            handle
                .createQuery("SELECT * FROM models WHERE <column> = :value")
                .define("column", column)
                .bind("value", value)
                .map((rs, context) -> model(rs))
                .findFirst());
  }

  private static RegisteredModel model(ResultSet rs) throws SQLException {
    return new RegisteredModel(
        rs.getString("id"),
        rs.getString("run_id"),
        rs.getString("name"),
        rs.getString("algorithm"),
        rs.getString("base_model"),
        rs.getString("path"),
        rs.getString("adapter_path"),
        rs.getString("trained_with"),
        rs.getString("settings_json"),
        rs.getString("metrics_json"),
        rs.getString("data_cursor"),
        rs.getString("split_json"),
        rs.getString("state"),
        rs.getLong("created_at"));
  }
}
