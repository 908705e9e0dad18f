package dev.lightningbridge.findings;

import static java.util.stream.Collectors.toSet;

import dev.lightningbridge.findings.Sentences.Sentence;
import dev.lightningbridge.findings.TextWords.Word;
import java.util.Comparator;
import java.util.Set;

/**
 * Where words came from.
 *
 * @param said what the row says there
 */
record Origin(Source source, String said) {
  private static final int LONGEST = 200;

  /** In the sentence of the row's text that has the most of these words. */
  static Origin of(Source source, String text, String words) {
    Set<String> sought = words(words);
    return new Origin(
        source,
        Sentences.of(text).stream()
            .map(Sentence::text)
            .max(
                Comparator.comparingLong(
                    said -> words(said).stream().filter(sought::contains).count()))
            .map(Origin::cut)
            .orElse(""));
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
  }

  private static Set<String> words(String text) {
    return TextWords.of(text).stream().map(Word::text).collect(toSet());
  }
}
