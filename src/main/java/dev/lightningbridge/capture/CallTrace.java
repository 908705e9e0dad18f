package dev.lightningbridge.capture;

import io.vertx.core.MultiMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The id by which a caller says that calls belong together: its own header, or the trace id of W3C
 * Trace Context's {@code traceparent}.
 */
final class CallTrace {
  static final String HEADER = "X-Trace-Id";

  private static final Pattern OWN = Pattern.compile("[\\x21-\\x7e]{1,128}");

  /** https://www.w3.org/TR/trace-context/#traceparent-header; all zeros are none. */
  private static final Pattern W3C =
      Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

  private CallTrace() {}

  /** Null where the call has none that can be used. */
  static @Nullable String of(MultiMap headers) {
    String own = headers.get(HEADER);
    if (own != null && OWN.matcher(own.strip()).matches()) {
      return own.strip();
    }
    String parent = headers.get("traceparent");
    Matcher w3c = W3C.matcher(parent == null ? "" : parent.strip());
    return w3c.matches() ? w3c.group(1) : null;
  }

  /** Whether a call is in the share that is recorded; all of a trace, or none of it. */
  static boolean isIn(double share, @Nullable String trace) {
    double place =
        trace == null
            ? ThreadLocalRandom.current().nextDouble()
            : (scattered(trace.hashCode()) & 0xFFFFFFL) / (double) (1 << 24);
    return place < share;
  }

  /** The finaliser of MurmurHash3: traces that differ by a digit are far from each other. */
  private static int scattered(int hash) {
    int h = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }
}
