package dev.lightningbridge.imports;

/** Texts that SQLite can hold: without zeros and halves of characters. */
public final class SoundText {
  private SoundText() {}

  /** The text with a mark in the place of each. */
  public static String of(String text) {
    String sound = text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    return sound.codePoints().noneMatch(SoundText::isHalf)
        ? sound
        : sound
            .codePoints()
            .map(c -> isHalf(c) ? 0xFFFD : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
  }

  private static boolean isHalf(int c) {
    return c >= 0xD800 && c <= 0xDFFF;
  }
}
