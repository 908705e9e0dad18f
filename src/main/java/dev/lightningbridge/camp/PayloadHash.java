package dev.lightningbridge.camp;

import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The hashes that Training Camp computes, bit for bit. All run over the UTF-16 units of a text,
 * which a Java {@code char} is, and wrap at 32 bits, as a Java {@code int} does.
 */
public final class PayloadHash {
  private static final String CONTENT_PREFIX = "djb2-";
  private static final int LEGACY_PREFIX = 8;
  private static final Pattern CONTENT = Pattern.compile("djb2-[0-9a-f]+-[0-9a-f]{8}");
  private static final Pattern LEGACY = Pattern.compile("[0-9a-f]{8}[0-9a-f]{10,12}");
  private static final Pattern STAND_IN = Pattern.compile("fallback_[0-9a-f]+");

  private PayloadHash() {}

  /** What a value of {@code payload_hash} can be. */
  public enum Form {
    /** djb2-xor of the content, written since version 8. Only 32 bits: payloads can collide. */
    CONTENT,
    /** A 31-hash of the content followed by the time of writing, from version 4. */
    LEGACY,
    /** Written where storing the payload failed: there is no blob. */
    STAND_IN,
    /** Nothing that the app writes. */
    UNKNOWN
  }

  /**
   * The content hash of a payload.
   *
   * @param json the stored text itself; do not serialise it again
   */
  public static String of(String json) {
    int hash = 5381;
    for (int i = 0; i < json.length(); i++) {
      hash = ((hash << 5) + hash) ^ json.charAt(i);
    }
    return CONTENT_PREFIX
        + Integer.toHexString(json.length())
        + "-"
        + HexFormat.of().toHexDigits(hash);
  }

  /** The hash of an agent snapshot's prompt, tools or flow: |31-hash|, hexadecimal, no padding. */
  public static String snapshot(String text) {
    // The app takes the absolute value of a double, so that of −2^31 is 2^31.
    return Long.toHexString(Math.abs((long) text.hashCode()));
  }

  /** Which form the hash has. */
  public static Form form(String hash) {
    if (CONTENT.matcher(hash).matches()) {
      return Form.CONTENT;
    }
    if (LEGACY.matcher(hash).matches()) {
      return Form.LEGACY;
    }
    return STAND_IN.matcher(hash).matches() ? Form.STAND_IN : Form.UNKNOWN;
  }

  /** Whether the stored text is what was hashed; false for a hash that no content can have. */
  public static boolean fits(String hash, String json) {
    if (hash.startsWith(CONTENT_PREFIX)) {
      return hash.equals(of(json));
    }
    return switch (form(hash)) {
      case LEGACY ->
          hash.startsWith("0".repeat(LEGACY_PREFIX - snapshot(json).length()) + snapshot(json));
      case CONTENT, STAND_IN, UNKNOWN -> false;
    };
  }
}
