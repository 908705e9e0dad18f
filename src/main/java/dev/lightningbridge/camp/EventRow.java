package dev.lightningbridge.camp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.corpus.TrainingEvent;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a training event with its payload out of a row. A payload is used only where it is what was
 * hashed and names the same rows as the event: 32-bit hashes collide, and then an event shows
 * another's payload.
 */
final class EventRow {
  /** A payload's member, and the event's column that it must agree with. */
  private static final Map<String, String> SAME =
      Map.of(
          "lineageId", "lineage_id",
          "agentId", "agent_id",
          "toAgentId", "agent_id",
          "artifactId", "artifact_id",
          "attemptId", "attempt_id");

  private final String prefix;
  private @Nullable String storedTags;
  private List<String> tags = List.of();

  /**
   * @param prefix goes before each column's name in the row
   */
  EventRow(String prefix) {
    this.prefix = prefix;
  }

  /** An event, and its payload as JSON; a missing node where it has none that is sound. */
  record Said(TrainingEvent event, JsonNode payload) {}

  /**
   * The columns to select.
   *
   * @param prefix goes before each column's name in the result
   */
  static String columns(String events, String blobs, String prefix) {
    return Stream.of(
                "row",
                "id",
                "timestamp",
                "event_type",
                "schema_version",
                "session_id",
                "lineage_id",
                "agent_id",
                "artifact_id",
                "attempt_id",
                "payload_hash",
                "tags")
            .map(c -> "%s.%s AS %s%s".formatted(events, c, prefix, c))
            .collect(Collectors.joining(", "))
        + ", CAST(%s.content AS BLOB) AS %spayload".formatted(blobs, prefix);
  }

  /** The event, or null where the row has none or it has no id. */
  static @Nullable TrainingEvent read(Row row, String prefix) throws SQLException {
    return new EventRow(prefix).read(row);
  }

  @Nullable TrainingEvent read(Row row) throws SQLException {
    TrainingEvent event = unchecked(row);
    if (event == null || event.payload() == null) {
      return event;
    }
    Map<String, String> named;
    try {
      named = JsonText.membersOf(event.payload(), SAME.keySet());
    } catch (IOException e) {
      named = null;
    }
    return isSound(event, named, row.problems()) ? event : event.withoutPayload();
  }

  /** As {@link #read(Row)}, for who needs what the payload says: it is parsed only once. */
  @Nullable Said readSaid(Row row) throws SQLException {
    TrainingEvent event = unchecked(row);
    if (event == null || event.payload() == null) {
      return event == null ? null : new Said(event, MissingNode.getInstance());
    }
    JsonNode payload = JsonText.parse(event.payload());
    Map<String, String> named = payload == null || payload.isMissingNode() ? null : named(payload);
    return isSound(event, named, row.problems()) && payload != null
        ? new Said(event, payload)
        : new Said(event.withoutPayload(), MissingNode.getInstance());
  }

  private @Nullable TrainingEvent unchecked(Row row) throws SQLException {
    Long rowid = row.integer(prefix + "row");
    if (rowid == null) {
      return null;
    }
    String id = row.text(prefix + "id");
    if (id == null) {
      row.problems().add("training_events row " + rowid, CampError.NO_ID, "the event has no id");
      return null;
    }
    TrainingEvent event =
        new TrainingEvent(
            rowid,
            id,
            row.integer(prefix + "timestamp", 0),
            row.text(prefix + "event_type", ""),
            row.small(prefix + "schema_version", 1),
            row.text(prefix + "session_id"),
            row.text(prefix + "lineage_id"),
            row.text(prefix + "agent_id"),
            row.text(prefix + "artifact_id"),
            row.text(prefix + "attempt_id"),
            row.text(prefix + "payload_hash", ""),
            sameTags(id, row.text(prefix + "tags"), row.problems()),
            row.longText(prefix + "payload"));
    if (event.payload() == null) {
      row.problems()
          .add(id, CampError.BLOB_MISSING, "no payload is stored as " + event.payloadHash());
    }
    return event;
  }

  /** Most events have the tags of the one before. */
  private List<String> sameTags(String id, @Nullable String stored, Problems problems) {
    if (stored == null || !stored.equals(storedTags)) {
      List<String> read = tags(id, stored, problems);
      if (read.isEmpty()) {
        return read;
      }
      storedTags = stored;
      tags = read;
    }
    return tags;
  }

  private static List<String> tags(String id, @Nullable String stored, Problems problems) {
    if (stored == null) {
      return List.of();
    }
    List<String> tags = JsonText.texts(stored);
    if (tags == null) {
      problems.add(id, CampError.BAD_TAGS, "the tags are no list of texts");
      return List.of();
    }
    return List.copyOf(tags);
  }

  private static Map<String, String> named(JsonNode payload) {
    Map<String, String> named = new HashMap<>();
    for (String name : SAME.keySet()) {
      String value = JsonText.text(payload, name);
      if (value != null) {
        named.put(name, value);
      }
    }
    return named;
  }

  /**
   * @param named the members that must agree with the event's columns; null where it is no JSON
   */
  private static boolean isSound(
      TrainingEvent event, @Nullable Map<String, String> named, Problems problems) {
    String payload = Objects.requireNonNull(event.payload());
    if (named == null) {
      problems.add(
          event.id(),
          CampError.BAD_JSON,
          "payload " + event.payloadHash() + " is no JSON, or far too long");
      return false;
    }
    if (!PayloadHash.fits(event.payloadHash(), payload)) {
      problems.add(
          event.id(),
          CampError.HASH_MISMATCH,
          "payload %s hashes to %s".formatted(event.payloadHash(), PayloadHash.of(payload)));
      return false;
    }
    for (Map.Entry<String, String> member : named.entrySet()) {
      String column = column(event, Objects.requireNonNull(SAME.get(member.getKey())));
      if (column != null && !column.equals(member.getValue())) {
        problems.add(
            event.id(),
            CampError.IDS_CONTRADICT,
            "the payload's %s is %s, the event's %s"
                .formatted(member.getKey(), member.getValue(), column));
        return false;
      }
    }
    return true;
  }

  private static @Nullable String column(TrainingEvent event, String name) {
    return switch (name) {
      case "lineage_id" -> event.lineageId();
      case "agent_id" -> event.agentId();
      case "artifact_id" -> event.artifactId();
      default -> event.attemptId();
    };
  }
}
