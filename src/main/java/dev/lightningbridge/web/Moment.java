package dev.lightningbridge.web;

import dev.lightningbridge.runs.report.Text;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time for a page, which shows it in the browser's zone.
 *
 * @param iso for the element {@code time}; {@code utc} what stands there without a script
 */
public record Moment(String iso, String utc) {
  static Moment of(long epochMilli) {
    Instant at = Instant.ofEpochMilli(epochMilli);
    return new Moment(at.toString(), Text.utc(at));
  }

  static @Nullable Moment ofNullable(@Nullable Long epochMilli) {
    return epochMilli == null ? null : of(epochMilli);
  }
}
