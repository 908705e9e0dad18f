package dev.lightningbridge.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What makes two inputs the same: equal after Unicode's NFC, folding of case and folding of white
 * space. The key is the first 128 bits of the SHA-256 of that normal form, so that a large set of
 * them needs little memory.
 */
public record InputKey(long high, long low) {
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

  public static InputKey of(String input) {
    ByteBuffer hash = sha256(normalised(input));
    return new InputKey(hash.getLong(), hash.getLong());
  }

  /** The normal form that is compared; by way of upper case, so that ß, ẞ and SS are the same. */
  public static String normalised(String input) {
    String spaced = SPACE.matcher(Normalizer.normalize(input, Normalizer.Form.NFC)).replaceAll(" ");
    String upper = spaced.strip().toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT);
    return Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }

  /** The id of a task that has none of its own: {@code task-} and 16 hex digits of the key. */
  public String taskId() {
    return "task-%016x".formatted(high);
  }

  /** A place in 0 to 1, exclusive, that depends on nothing but the input and the seed. */
  double place(long seed) {
    long bits = sha256(seed + "\u001f" + high + "\u001f" + low).getLong();
    return (bits >>> 11) * 0x1.0p-53;
  }

  private static ByteBuffer sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
