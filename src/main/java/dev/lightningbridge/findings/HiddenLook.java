package dev.lightningbridge.findings;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;

/**
 * Points at characters that nobody sees: format and control characters, private ones, tags,
 * fillers, variation selectors. Those count as seen that writing needs: joiners in Arabic, in Indic
 * scripts and in emoji, selectors behind emoji, Chinese characters and signs of mathematics.
 */
final class HiddenLook implements Look {
  private static final String FILLERS = "\u115F\u1160\u2800\u3164\uFFA0\u034F\u17B4\u17B5";
  private static final int NON_JOINER = 0x200C;
  private static final int JOINER = 0x200D;
  private static final int SELECTOR = 0xFE00;
  private static final int TEXT_STYLE = 0xFE0E;
  private static final int EMOJI_STYLE = 0xFE0F;
  private static final int SUPPLEMENT = 0xE0100;
  private static final int SUPPLEMENT_END = 0xE01EF;

  @Override
  public List<Suspect> at(String text) {
    List<Suspect> found = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      boolean hidden = isHidden(c) && !isNeeded(text, i, c);
      if (hidden && start < 0) {
        start = i;
      } else if (!hidden && start >= 0) {
        found.add(suspect(text, start, i));
        start = -1;
      }
      i += Character.charCount(c);
    }
    if (start >= 0) {
      found.add(suspect(text, start, text.length()));
    }
    return found;
  }

  private static boolean isHidden(int c) {
    if (c == '\n' || c == '\r' || c == '\t') {
      return false;
    }
    return switch (Character.getType(c)) {
      case Character.FORMAT, Character.CONTROL, Character.PRIVATE_USE, Character.SURROGATE -> true;
      default -> FILLERS.indexOf(c) >= 0 || isSelector(c);
    };
  }

  private static boolean isSelector(int c) {
    return (c >= SELECTOR && c <= EMOJI_STYLE) || (c >= SUPPLEMENT && c <= SUPPLEMENT_END);
  }

  private static boolean isNeeded(String text, int at, int c) {
    if (at == 0) {
      return false;
    }
    int before = text.codePointBefore(at);
    if (c == TEXT_STYLE || c == EMOJI_STYLE) {
      return Character.isEmoji(before);
    }
    if (isSelector(c)) {
      return Character.isIdeographic(before) || Character.getType(before) == Character.MATH_SYMBOL;
    }
    if (c != JOINER && c != NON_JOINER) {
      return false;
    }
    UnicodeScript script = UnicodeScript.of(before);
    boolean joins =
        script != UnicodeScript.LATIN
            && script != UnicodeScript.CYRILLIC
            && script != UnicodeScript.GREEK
            && script != UnicodeScript.COMMON
            && Character.isLetter(before);
    return joins || (c == JOINER && (Character.isEmoji(before) || before == EMOJI_STYLE));
  }

  private static Suspect suspect(String text, int start, int end) {
    return new Suspect(
        Finding.Kind.HIDDEN,
        start,
        end,
        "Characters that nobody sees: %s."
            .formatted(
                String.join(
                    " ",
                    text.substring(start, end)
                        .codePoints()
                        .limit(8)
                        .mapToObj("U+%04X"::formatted)
                        .toList())));
  }
}
