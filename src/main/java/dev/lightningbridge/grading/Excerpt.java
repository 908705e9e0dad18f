package dev.lightningbridge.grading;

/** Texts cut to a length that a critique can hold. */
final class Excerpt {
  private static final int LONGEST = 300;

  private Excerpt() {}

  static String quoted(String text) {
    return "\"" + of(text) + "\"";
  }

  static String of(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end) + "…";
  }
}
