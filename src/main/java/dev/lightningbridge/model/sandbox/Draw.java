package dev.lightningbridge.model.sandbox;

import dev.lightningbridge.common.Sha256;
import java.nio.ByteBuffer;
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

  private static long firstBytes(Object... key) {
    StringBuilder joined = new StringBuilder(100);
    for (Object part : key) {
      joined.append(part).append('\u001f');
    }
    return ByteBuffer.wrap(Sha256.of(joined.toString())).getLong();
  }
}
