package dev.lightningbridge.findings;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A way to write a sentence so that people read it and patterns do not, or the other way round.
 *
 * @param name ends a sentence: read …
 */
record Disguise(String name, UnaryOperator<String> undo) {
  /** Letters of other scripts that look like Latin ones, and those. */
  private static final String ALIKE =
      "аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwɡgɑaıiαaεeοoρpτtυuνvιiκkχxАAВBЕEКKМMНHОOРPСCТTХXΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX";

  private static final int LETTERS = 26;
  private static final String LEET = "0o1i3e4a5s7t@a$s!i8b9g";
  private static final Pattern LEET_WORD =
      Pattern.compile("[\\p{L}\\p{N}@$!]*[\\p{L}][\\p{L}\\p{N}@$!]*");

  /** Those that are known here. */
  static final List<Disguise> ALL = all();

  private static String plain(String text) {
    return mapped(
        Normalizer.normalize(TextWords.normal(unboxed(text)), Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", ""),
        ALIKE);
  }

  /** Letters in black or white boxes and circles are no compatible forms of letters. */
  private static String unboxed(String text) {
    return text.codePoints()
        .map(
            c ->
                c >= 0x1F150 && c < 0x1F150 + LETTERS
                    ? c - 0x1F150 + 'A'
                    : c >= 0x1F170 && c < 0x1F170 + LETTERS ? c - 0x1F170 + 'A' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String lettered(String text) {
    return LEET_WORD
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(mapped(match.group(), LEET)));
  }

  private static String wordsReversed(String text) {
    return Pattern.compile("\\p{L}+")
        .matcher(text)
        .replaceAll(match -> new StringBuilder(match.group()).reverse().toString());
  }

  private static List<Disguise> all() {
    List<Disguise> all =
        new ArrayList<>(
            List.of(
                new Disguise("without look-alikes", Disguise::plain),
                new Disguise("with letters for its digits", Disguise::lettered),
                new Disguise("backwards", text -> new StringBuilder(text).reverse().toString()),
                new Disguise("with each word backwards", Disguise::wordsReversed),
                new Disguise("with its alphabet backwards", text -> letters(text, c -> 25 - c))));
    for (int shift = 1; shift < LETTERS; shift++) {
      int by = shift;
      all.add(
          new Disguise("with its letters shifted by " + by, text -> letters(text, c -> c + by)));
    }
    return List.copyOf(all);
  }

  private static String letters(String text, IntUnaryOperator place) {
    return text.chars()
        .map(
            c -> {
              int first = c >= 'a' && c <= 'z' ? 'a' : c >= 'A' && c <= 'Z' ? 'A' : 0;
              return first == 0 ? c : place.applyAsInt(c - first) % LETTERS + first;
            })
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** The text with each character that stands at an even place of the pairs as the next one. */
  private static String mapped(String text, String pairs) {
    StringBuilder mapped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int at = pairs.indexOf(c);
      while (at >= 0 && at % 2 == 1) {
        at = pairs.indexOf(c, at + 1);
      }
      mapped.append(at < 0 ? c : pairs.charAt(at + 1));
    }
    return mapped.toString();
  }
}
