package dev.lightningbridge.grading;

import dev.lightningbridge.common.ControlText;

/** Texts cut to a length that a critique can hold. */
final class Excerpt {
  private static final int LONGEST = 300;
  private static final int LINE = 60;

  private Excerpt() {}

  static String quoted(String text) {
    return "\"" + of(text) + "\"";
  }

  static String of(String text) {
    return of(text, LONGEST);
  }

  /** The beginning, in quotes and on one line, to know a text by. */
  static String line(String text) {
    return "\"" + of(ControlText.onOneLine(text.strip()), LINE) + "\"";
  }

  private static String of(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end) + "…";
  }
}
