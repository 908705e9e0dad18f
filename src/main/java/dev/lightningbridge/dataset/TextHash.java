package dev.lightningbridge.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The first 128 bits of the SHA-256 of a text: what stands for the text in memory where there may
 * be many of them.
 */
public record TextHash(long high, long low) {
  /** The hash of texts, one after the other, joined by U+001F. */
  public static TextHash of(String... texts) {
    try {
      byte[] joined = String.join("\u001f", texts).getBytes(StandardCharsets.UTF_8);
      ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(joined));
      return new TextHash(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
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
