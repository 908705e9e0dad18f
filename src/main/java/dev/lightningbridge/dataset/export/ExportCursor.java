package dev.lightningbridge.dataset.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.DatasetError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of the database that an export ended with. Events are only ever appended, so the last
 * one's row says which there were. What no event tells of, such as a failed run, is known by its
 * time; several can share a millisecond, so those of the last one are named.
 *
 * @param export the format and the session
 * @param event the id of the event in that row: where it is another, the file was rebuilt
 * @param at the newest time of what no event tells of
 * @param ids what was there of that very time
 */
record ExportCursor(String export, long row, String event, long at, List<String> ids) {
  static ExportCursor parse(String text) {
    try {
      byte[] json = Base64.getUrlDecoder().decode(text.strip());
      ExportCursor cursor =
          Json.mapper().readValue(new String(json, StandardCharsets.UTF_8), ExportCursor.class);
      return Optional.ofNullable(cursor)
          .filter(ExportCursor::isComplete)
          .orElseThrow(() -> invalid(text, null));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw invalid(text, e);
    }
  }

  String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.write(this).getBytes(StandardCharsets.UTF_8));
  }

  // A record read from JSON holds null where a member is missing.
  @SuppressWarnings("ConstantValue")
  private boolean isComplete() {
    return export != null && event != null && ids != null;
  }

  private static BridgeException invalid(String text, @Nullable Exception cause) {
    return new BridgeException(
        DatasetError.CURSOR_INVALID,
        "This is not a cursor",
        text,
        "Give --since what the export before said as its cursor.",
        cause);
  }
}
