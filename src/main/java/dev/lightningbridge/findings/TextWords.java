package dev.lightningbridge.findings;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The words of a text; of a script that is written without spaces, its characters. */
final class TextWords {
  /** What a word weighs; a character of a script without spaces weighs 1. */
  static final int WORD = 2;

  private static final Set<UnicodeScript> WITHOUT_SPACES =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR,
          UnicodeScript.TIBETAN);

  private TextWords() {}

  /** A word in its normal form, and its place. */
  record Word(String text, int start, int end, int weight) {}

  static List<Word> of(String text) {
    List<Word> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      boolean alone = isWithoutSpaces(c);
      boolean part = !alone && isPart(c);
      if (!part && start >= 0) {
        add(words, text, start, i, WORD);
        start = -1;
      }
      if (alone) {
        add(words, text, i, next, 1);
      } else if (part && start < 0 && !isUnseen(c)) {
        start = i;
      }
      i = next;
    }
    if (start >= 0) {
      add(words, text, start, text.length(), WORD);
    }
    return words;
  }

  /** The words with a space before, between and behind them. */
  static String joined(String text) {
    return of(text).stream().map(Word::text).collect(Collectors.joining(" ", " ", " "));
  }

  /** What the text's words weigh together. */
  static int weight(String text) {
    return of(text).stream().mapToInt(Word::weight).sum();
  }

  /** Compared forms: compatible characters are one, case and what nobody sees do not count. */
  static String normal(String text) {
    StringBuilder seen = new StringBuilder(text.length());
    text.codePoints().filter(c -> !isUnseen(c)).forEach(seen::appendCodePoint);
    return Normalizer.normalize(seen, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).strip();
  }

  /** Whether the script of this character is written without spaces between its words. */
  static boolean isWithoutSpaces(int c) {
    return c >= 0x0E00 && Character.isLetter(c) && WITHOUT_SPACES.contains(UnicodeScript.of(c));
  }

  private static boolean isPart(int c) {
    return Character.isLetterOrDigit(c) || isMark(c) || isUnseen(c);
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isUnseen(int c) {
    return Character.getType(c) == Character.FORMAT;
  }

  private static void add(List<Word> words, String text, int start, int end, int weight) {
    words.add(new Word(normal(text.substring(start, end)), start, end, weight));
  }
}
