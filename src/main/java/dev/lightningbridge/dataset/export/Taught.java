package dev.lightningbridge.dataset.export;

import dev.lightningbridge.dataset.TextHash;
import java.text.Normalizer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a text teaches: white space and Unicode form make no other one. */
final class Taught {
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

  private Taught() {}

  /** The same for texts that teach the same. */
  static TextHash hash(String... texts) {
    return TextHash.of(Stream.of(texts).map(Taught::form).toArray(String[]::new));
  }

  private static String form(String text) {
    return SPACE.matcher(Normalizer.normalize(text, Normalizer.Form.NFC)).replaceAll(" ").strip();
  }
}
