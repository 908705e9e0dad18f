package dev.lightningbridge.findings;

import static java.util.stream.Collectors.toCollection;

import dev.lightningbridge.findings.Sentences.Sentence;
import dev.lightningbridge.findings.TextWords.Word;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A sentence of a winner, and what it says of its own.
 *
 * @param words all, with spaces around
 * @param own those that neither hold sentences together, nor speak of an answer's form, nor stand
 *     in the start
 */
record Saying(Sentence place, String words, int weight, Set<String> own) {
  private static final Pattern NUMBER = Pattern.compile("\\p{N}+");

  /** Those that the start has not. */
  static List<Saying> of(String start, String winner) {
    String said = TextWords.joined(start);
    Set<String> known =
        TextWords.of(start).stream().map(Word::text).collect(toCollection(HashSet::new));
    return Sentences.of(winner).stream()
        .map(sentence -> of(sentence, known))
        .filter(saying -> !saying.words.isBlank() && !said.contains(saying.words))
        .toList();
  }

  private static Saying of(Sentence sentence, Set<String> known) {
    List<Word> words = TextWords.of(sentence.text());
    Set<String> own = new LinkedHashSet<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i).text();
      boolean counts =
          NUMBER.matcher(word).matches()
              && i + 1 < words.size()
              && Vocabulary.isForm(words.get(i + 1).text());
      if (!counts
          && !Vocabulary.isFunction(word)
          && !Vocabulary.isForm(word)
          && !Vocabulary.isIn(known, word)) {
        own.add(word);
      }
    }
    return new Saying(
        sentence, TextWords.joined(sentence.text()), TextWords.weight(sentence.text()), own);
  }

  /** Whether all of it is of scripts that put spaces between words. */
  boolean hasSpaces() {
    return place.text().codePoints().noneMatch(TextWords::isWithoutSpaces);
  }

  /** How many of its own words these are among. */
  int shared(Set<String> others) {
    return (int) own.stream().filter(others::contains).count();
  }
}
