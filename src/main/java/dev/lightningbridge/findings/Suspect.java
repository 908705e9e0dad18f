package dev.lightningbridge.findings;

/**
 * A place of a text that one look points at.
 *
 * @param start in UTF-16 units, as {@code end}
 * @param why in a sentence
 */
record Suspect(Finding.Kind kind, int start, int end, String why) {
  String in(String text) {
    return text.substring(start, end);
  }

  /** What makes it the same in two texts. */
  String key(String text) {
    return kind + " " + TextWords.normal(in(text));
  }

  boolean overlaps(Suspect other) {
    return start < other.end && other.start < end;
  }
}
