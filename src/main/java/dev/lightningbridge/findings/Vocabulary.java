package dev.lightningbridge.findings;

import static java.util.stream.Collectors.toSet;

import dev.lightningbridge.findings.TextWords.Word;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Words that are known here: those that hold sentences together, and those about answers' form. */
final class Vocabulary {
  private static final Set<String> FUNCTION = words("function-words.txt");
  private static final Set<String> FORM = words("form-words.txt");
  private static final int FEWEST_WORDS = 3;
  private static final int FEWEST_LETTERS = 8;
  private static final int FEWEST_OF_ONE = 3;

  private Vocabulary() {}

  static boolean isFunction(String word) {
    return FUNCTION.contains(word);
  }

  static boolean isForm(String word) {
    return isIn(FORM, word);
  }

  /** Whether the word is in there, also as one of many. */
  static boolean isIn(Set<String> words, String word) {
    return words.contains(word)
        || (word.endsWith("s") && words.contains(word.substring(0, word.length() - 1)));
  }

  /** Whether a text of several words has none that is known. */
  static boolean isUnknown(String text) {
    List<String> words = words(text, word -> true);
    return words.size() >= FEWEST_WORDS && words.stream().noneMatch(Vocabulary::isKnown);
  }

  /** Whether at least half of the words are known, and more than a chance would have it. */
  static boolean isReadable(String text) {
    List<String> known = words(text, Vocabulary::isKnown);
    return 2 * known.size() >= TextWords.of(text).size()
        && known.stream().mapToInt(String::length).sum() >= FEWEST_LETTERS;
  }

  /** Whether there is one that is known and hardly there by chance. */
  static boolean hasKnown(String text) {
    return TextWords.of(text).stream()
        .map(Word::text)
        .anyMatch(word -> word.length() >= FEWEST_OF_ONE && isKnown(word));
  }

  private static boolean isKnown(String word) {
    return isFunction(word) || isForm(word);
  }

  private static List<String> words(String text, Predicate<String> kept) {
    return TextWords.of(text).stream().map(Word::text).filter(kept).toList();
  }

  private static Set<String> words(String resource) {
    return PatternRules.lines(resource).stream()
        .flatMap(line -> Stream.of(line.split(" ", -1)))
        .collect(toSet());
  }
}
