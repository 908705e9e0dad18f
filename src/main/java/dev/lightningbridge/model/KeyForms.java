package dev.lightningbridge.model;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The forms in which a key may come back from an endpoint: as it is, in a URL, within JSON, and in
 * Base64, whatever stood before it there.
 */
final class KeyForms {
  private static final String SHOWN = "[key]";

  /** What is shorter could be any word's. */
  private static final int SHORTEST = 4;

  /** Of Base64, and of a key that no text holds by chance. */
  private static final int LONG = 16;

  private final List<String> forms;
  private final boolean unmistakable;

  KeyForms(String key) {
    Set<String> all = new LinkedHashSet<>();
    if (key.length() >= SHORTEST) {
      all.add(key);
      all.add(URLEncoder.encode(key, StandardCharsets.UTF_8));
      all.add(key.replace("/", "\\/"));
      all.add(key.replace("\\", "\\\\").replace("\"", "\\\""));
      addBase64(key, Base64.getEncoder().withoutPadding(), all);
      addBase64(key, Base64.getUrlEncoder().withoutPadding(), all);
    }
    forms = new ArrayList<>(all);
    forms.sort(Comparator.comparingInt(String::length).reversed());
    unmistakable =
        key.length() >= LONG
            && key.chars().anyMatch(Character::isDigit)
            && key.chars().anyMatch(Character::isLetter);
  }

  /**
   * Three bytes are four characters there: of each place that the key may begin at, the characters
   * that are made of its bytes alone.
   */
  private static void addBase64(String key, Base64.Encoder encoder, Set<String> forms) {
    byte[] bytes = key.getBytes(StandardCharsets.US_ASCII);
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      String text = encoder.encodeToString(shifted);
      int first = (8 * before + 5) / 6;
      int end = 8 * shifted.length / 6;
      if (end - first >= LONG) {
        forms.add(text.substring(first, end));
      }
    }
  }

  /** Whether no text that is not this key holds it: it is long, with letters and digits. */
  boolean areUnmistakable() {
    return unmistakable;
  }

  String redact(String text) {
    String redacted = text;
    for (String form : forms) {
      redacted = redacted.replace(form, SHOWN);
    }
    return redacted;
  }
}
