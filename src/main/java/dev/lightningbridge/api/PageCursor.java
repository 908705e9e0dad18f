package dev.lightningbridge.api;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.runs.RunList;
import dev.lightningbridge.server.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The place in a list that its next page begins at, as an opaque text. */
final class PageCursor {
  private PageCursor() {}

  static String of(long createdAt, String id) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((createdAt + " " + id).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws BridgeException where no answer of this server gave the cursor
   */
  static RunList.@Nullable Place place(@Nullable String cursor) {
    if (cursor == null || cursor.isEmpty()) {
      return null;
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      int space = text.indexOf(' ');
      return new RunList.Place(
          Long.parseLong(text.substring(0, Math.max(0, space))), text.substring(space + 1));
    } catch (IllegalArgumentException e) {
      throw new BridgeException(
          ApiError.CURSOR_UNKNOWN,
          "this is no cursor",
          "cursor",
          "Use the \"next\" of the page before, or leave it out.",
          e);
    }
  }
}
