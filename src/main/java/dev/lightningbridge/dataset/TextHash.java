package dev.lightningbridge.dataset;

import dev.lightningbridge.common.Sha256;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The first 128 bits of the SHA-256 of a text: what stands for the text in memory where there may
 * be many of them.
 */
public record TextHash(long high, long low) {
  /** The hash of texts, one after the other, joined by U+001F. */
  public static TextHash of(String... texts) {
    ByteBuffer hash = ByteBuffer.wrap(Sha256.of(String.join("\u001f", texts)));
    return new TextHash(hash.getLong(), hash.getLong());
  }

  /** What {@link #hex} gave. */
  public static TextHash ofHex(String hex) {
    return new TextHash(
        Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
  }

  /** The hash in hexadecimal, 32 digits. */
  public String hex() {
    return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
  }
}
