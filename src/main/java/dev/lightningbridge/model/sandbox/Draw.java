package dev.lightningbridge.model.sandbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/** Chance without state: what is drawn depends on nothing but the key. */
final class Draw {
  private Draw() {}

  /** A number from 0 (included) to 1 (excluded). */
  static double of(Object... key) {
    return (firstBytes(key) >>> 11) * 0x1.0p-53;
  }

  static <T> T pick(List<T> list, Object... key) {
    return list.get((int) (of(key) * list.size()));
  }

  static SplittableRandom generator(Object... key) {
    return new SplittableRandom(firstBytes(key));
  }

  /** SHA-256 of the text, in hexadecimal. */
  static String hash(String text) {
    return HexFormat.of().formatHex(sha256(text));
  }

  private static long firstBytes(Object... key) {
    StringBuilder joined = new StringBuilder(100);
    for (Object part : key) {
      joined.append(part).append('\u001f');
    }
    return ByteBuffer.wrap(sha256(joined.toString())).getLong();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
