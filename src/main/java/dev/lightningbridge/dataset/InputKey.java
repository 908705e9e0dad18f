package dev.lightningbridge.dataset;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What makes two inputs the same: equal after Unicode's NFC, folding of case and folding of white
 * space.
 */
public record InputKey(TextHash hash) {
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

  public static InputKey of(String input) {
    return new InputKey(TextHash.of(normalised(input)));
  }

  /** The normal form that is compared; by way of upper case, so that ß, ẞ and SS are the same. */
  public static String normalised(String input) {
    String spaced = SPACE.matcher(Normalizer.normalize(input, Normalizer.Form.NFC)).replaceAll(" ");
    String upper = spaced.strip().toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT);
    return Normalizer.normalize(upper.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }

  /**
   * The id of a task that has none of its own: {@code task-} and the first 16 hex digits of the
   * SHA-256 of the normal form.
   */
  public String taskId() {
    return "task-" + hash.hex().substring(0, 16);
  }
}
