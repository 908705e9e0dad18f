package dev.lightningbridge.camp;

import static dev.lightningbridge.camp.Inserts.ordered;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Rows of every kind that the app writes beside those of a thing: events, payloads, audit. */
public final class AppRows {
  private final PreparedRows rows;
  private final ContentIds ids = new ContentIds();
  private final long now;

  public AppRows(PreparedRows rows, long now) {
    this.rows = rows;
    this.now = now;
  }

  public PreparedRows rows() {
    return rows;
  }

  /** The time of the import, in milliseconds since the epoch. */
  public long now() {
    return now;
  }

  /** An id made of the parts. */
  public String id(String... parts) {
    return ids.of(parts);
  }

  /** An audit entry about an entity; there is one of each type. */
  public void audit(String type, String entity, String entityId, Map<String, Object> data, long at)
      throws SQLException {
    rows.insert(
        "audit_log",
        ordered(
            "id", id("audit", type, entityId),
            "event_type", type,
            "entity_type", entity,
            "entity_id", entityId,
            "data", JavaScriptJson.stringify(data),
            "created_at", at));
  }

  /**
   * An event with its payload.
   *
   * @param of what it is about; with the type, it makes the event's id
   * @param refs the columns that name other rows
   */
  public void event(
      String type,
      String of,
      long at,
      Map<String, Object> refs,
      Map<String, Object> payload,
      List<String> tags)
      throws SQLException {
    Map<String, Object> row =
        ordered(
            "id", id("event", type, of), "timestamp", at, "event_type", type, "schema_version", 1);
    row.putAll(refs);
    row.put("payload_hash", blob(payload, at));
    row.put("tags", JavaScriptJson.stringify(tags));
    row.put("created_at", at);
    rows.insert("training_events", row);
  }

  /** As {@link Inserts#blob}. */
  private String blob(Map<String, Object> payload, long at) throws SQLException {
    for (int variant = 1; ; variant++) {
      String json = JavaScriptJson.stringify(payload);
      String hash = PayloadHash.of(json);
      String stored = rows.find("SELECT content FROM main.payload_blobs WHERE hash = ?", hash);
      if (stored == null) {
        rows.insert("payload_blobs", ordered("hash", hash, "content", json, "created_at", at));
        return hash;
      }
      if (stored.equals(json)) {
        return hash;
      }
      payload.put("variant", variant);
    }
  }
}
