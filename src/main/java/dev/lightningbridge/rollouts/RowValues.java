package dev.lightningbridge.rollouts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values as the store's rows have them. */
final class RowValues {
  private RowValues() {}

  /** In seconds since the epoch. */
  static double now(Clock clock) {
    return seconds(clock.instant());
  }

  static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / 1e9;
  }

  static Instant instant(double seconds) {
    return Instant.ofEpochMilli(Math.round(seconds * 1000));
  }

  /** A new id, as long as agentlightning makes it. */
  static String newId(String prefix, int length) {
    return prefix + UUID.randomUUID().toString().replace("-", "").substring(0, length);
  }

  static @Nullable Double seconds(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? null : value;
  }

  static @Nullable JsonNode json(ResultSet row, String column) throws SQLException {
    String text = row.getString(column);
    return text == null ? null : Json.read(text, JsonNode.class);
  }

  /** The text of JSON that is kept; null where it is null. */
  static @Nullable String text(@Nullable JsonNode json) {
    return json == null || json.isNull() ? null : Json.write(json);
  }

  /** A member's text; null where it is not there, or null. */
  static @Nullable String text(JsonNode of, String member) {
    JsonNode value = of.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw RolloutError.unusable("it is no text", member, "Give a text.");
    }
    return value.asText();
  }

  /** A member that must be there and a text. */
  static String required(JsonNode of, String member) {
    String text = text(of, member);
    if (text == null) {
      throw RolloutError.unusable("it is missing", member, "Give a text.");
    }
    return text;
  }
}
