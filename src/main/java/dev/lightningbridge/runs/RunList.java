package dev.lightningbridge.runs;

import dev.lightningbridge.store.BridgeDatabase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs page by page, the newest first. */
public final class RunList {
  private final BridgeDatabase database;

  public RunList(BridgeDatabase database) {
    this.database = database;
  }

  /**
   * Which runs.
   *
   * @param state only those in this state; null for all
   * @param campPath only those of this database; null for all
   * @param lineageId only those of this lineage; null for all
   * @param engine only those of this engine; null for all
   */
  public record Filter(
      @Nullable RunState state,
      @Nullable String campPath,
      @Nullable String lineageId,
      @Nullable String engine) {
    public static final Filter ALL = new Filter(null, null, null, null);

    /** Of all engines. */
    public Filter(@Nullable RunState state, @Nullable String campPath, @Nullable String lineageId) {
      this(state, campPath, lineageId, null);
    }
  }

  /** The place of a run, or of what else is listed so: its time in milliseconds and its id. */
  public record Place(long createdAt, String id) {}

  /**
   * Those that come after a place.
   *
   * @param after null for the first page
   * @param limit how many at the most
   */
  public List<StoredRun> page(Filter filter, @Nullable Place after, int limit) {
    return database.reading(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM runs
                    WHERE (:state IS NULL OR state = :state)
                      AND (:camp IS NULL OR camp_path = :camp)
                      AND (:lineage IS NULL OR lineage_id = :lineage)
                      AND (:engine IS NULL OR engine = :engine)
                      AND (created_at < :at OR (created_at = :at AND id > :id))
                    ORDER BY created_at DESC, id LIMIT :limit
                    """)
                .bind("state", filter.state() == null ? null : filter.state().text())
                .bind("camp", filter.campPath())
                .bind("lineage", filter.lineageId())
                .bind("engine", filter.engine())
                .bind("at", after == null ? Long.MAX_VALUE : after.createdAt())
                .bind("id", after == null ? "" : after.id())
                .bind("limit", limit)
                .map(new StoredRunMapper())
                .list());
  }

  /** The engines of all runs, by name. */
  public List<String> engines() {
    return database.reading(
        handle ->
            handle
                .createQuery("SELECT DISTINCT engine FROM runs ORDER BY engine")
                .mapTo(String.class)
                .list());
  }
}
