package dev.lightningbridge.capture.recording;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An application whose calls are captured.
 *
 * @param name also that of its session
 * @param database where its calls are written; it is made where there is none
 * @param enabled whether anything is recorded; its calls are passed on all the same
 * @param share of its calls that is recorded, 0 to 1
 */
public record CapturedAgent(
    String name, Path database, boolean enabled, double share, Masks masks, Retention retention) {
  /**
   * How long and how much is kept.
   *
   * @param days null for ever
   * @param bytes of the database's pages in use; null for any number
   */
  public record Retention(@Nullable Integer days, @Nullable Long bytes) {
    public static final Retention ALL = new Retention(null, null);

    boolean isLimited() {
      return days != null || bytes != null;
    }
  }
}
