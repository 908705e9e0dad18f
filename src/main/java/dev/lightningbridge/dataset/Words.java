package dev.lightningbridge.dataset;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The words of a text, by which texts are compared. Scripts that are written without spaces give
 * each pair of neighbouring characters instead. A sign that means something (a symbol, a currency,
 * an emoji) is a word of its own; punctuation is none.
 */
public final class Words {
  /** What no reader misses: also vowel signs of Arabic and Hebrew, and stretched letters. */
  private static final Pattern INVISIBLE =
      Pattern.compile(
          "[\\p{Cf}\\p{Cc}\\x{fe00}-\\x{fe0f}\\x{640}\\x{64b}-\\x{65f}\\x{670}\\x{5b0}-\\x{5bd}&&[^\\n\\t\\r]]");

  private static final Pattern LINES = Pattern.compile("\\R");

  private static final Set<UnicodeScript> WITHOUT_SPACES =
      EnumSet.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  private static final int LONG_VOWEL = 'ー';

  private final List<String> words = new ArrayList<>();
  private final StringBuilder run = new StringBuilder();
  private Kind kind = Kind.NONE;

  private Words() {}

  private enum Kind {
    NONE,
    SPACED,
    UNSPACED
  }

  /**
   * The normal form, line by line: Unicode's NFKC, without invisible characters, case and white
   * space folded. Blank lines are left out.
   */
  public static String normal(String text) {
    String visible =
        INVISIBLE.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("");
    return LINES
        .splitAsStream(visible)
        .map(InputKey::normalised)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  /** The words of a text in its normal form, in their order; where it has none, itself. */
  public static List<String> of(String normal) {
    Words found = new Words();
    for (int i = 0; i < normal.length(); ) {
      int c = normal.codePointAt(i);
      int next = i + Character.charCount(c);
      found.read(c, next < normal.length() ? normal.codePointAt(next) : ' ');
      i = next;
    }
    found.end();
    return found.words.isEmpty() ? List.of(normal) : found.words;
  }

  private void read(int c, int next) {
    if (Character.isDigit(c)) {
      append(c, Kind.SPACED);
    } else if (Character.isLetter(c)) {
      append(c, isWithoutSpaces(c) ? Kind.UNSPACED : Kind.SPACED);
    } else if (isMark(c) && kind != Kind.NONE) {
      run.appendCodePoint(c);
    } else if (isDecimalPoint(c, next)) {
      run.appendCodePoint(c);
    } else {
      end();
      if (isSign(c) || (c == '-' && Character.isDigit(next))) {
        words.add(Character.toString(c));
      }
    }
  }

  private void append(int c, Kind of) {
    if (kind != of) {
      end();
      kind = of;
    }
    run.appendCodePoint(c);
  }

  private void end() {
    if (kind == Kind.SPACED) {
      words.add(run.toString());
    } else if (kind == Kind.UNSPACED) {
      int[] characters = run.codePoints().toArray();
      for (int i = 0; i + 1 < characters.length; i++) {
        words.add(new String(characters, i, 2));
      }
      if (characters.length == 1) {
        words.add(run.toString());
      }
    }
    run.setLength(0);
    kind = Kind.NONE;
  }

  private boolean isDecimalPoint(int c, int next) {
    return (c == '.' || c == ',')
        && Character.isDigit(next)
        && kind == Kind.SPACED
        && Character.isDigit(run.charAt(run.length() - 1));
  }

  private static boolean isWithoutSpaces(int c) {
    return c == LONG_VOWEL || WITHOUT_SPACES.contains(UnicodeScript.of(c));
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isSign(int c) {
    int type = Character.getType(c);
    return type == Character.MATH_SYMBOL
        || type == Character.CURRENCY_SYMBOL
        || type == Character.OTHER_SYMBOL;
  }
}
