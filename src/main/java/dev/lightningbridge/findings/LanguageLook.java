package dev.lightningbridge.findings;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.lightningbridge.findings.Sentences.Sentence;
import dev.lightningbridge.findings.TextWords.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Points at sentences of another language than the start's, told by the small words that hold
 * sentences together. In an English prompt a long clause that has none of them is pointed at too,
 * and a short sentence none of whose words is known or stands in the start: it is of a language
 * that is not known here, or disguised.
 */
final class LanguageLook implements Look {
  private static final Map<String, Set<String>> LANGUAGES =
      PatternRules.lines("function-words.txt").stream()
          .map(line -> line.split(" ", -1))
          .collect(
              toMap(words -> words[0], words -> Arrays.stream(words).skip(1).collect(toSet())));

  private static final Pattern CLAUSE = Pattern.compile("[^,;:|/()\\[\\]{}\"“”«»`=*\\n]+");
  private static final Pattern END = Pattern.compile("[.!?][\"”»')\\]]*$");
  private static final Pattern LATIN = Pattern.compile("[\\p{IsLatin}\\p{M}'’]+");
  private static final String NO_SENTENCE =
      "Words that make no sentence in the prompt's language%s.";
  private static final String ENGLISH = "english";
  private static final int FEWEST_HITS = 3;
  private static final int LONG_CLAUSE = 7;
  private static final int SHORT_SENTENCE = 4;

  private final @Nullable String own;
  private final Set<String> known;

  LanguageLook(String start) {
    this.known = Set.copyOf(words(start));
    this.own =
        LANGUAGES.keySet().stream()
            .filter(language -> hits(language, start) > 0)
            .max(Comparator.comparingLong(language -> hits(language, start)))
            .orElse(null);
  }

  @Override
  public List<Suspect> at(String text) {
    String home = own;
    if (home == null) {
      return List.of();
    }
    List<Suspect> found = new ArrayList<>();
    for (Sentence sentence : Sentences.of(text)) {
      String other = other(home, sentence.text());
      if (other != null) {
        found.add(
            suspect(sentence.start(), sentence.end(), "A sentence that seems to be %s.", other));
      } else if (home.equals(ENGLISH)) {
        if (isStrange(sentence.text())) {
          found.add(suspect(sentence.start(), sentence.end(), NO_SENTENCE, ""));
        } else {
          clauses(sentence, found);
        }
      }
    }
    return found;
  }

  private static @Nullable String other(String home, String sentence) {
    long ofHome = hits(home, sentence);
    return LANGUAGES.keySet().stream()
        .filter(language -> hits(language, sentence) >= Math.max(FEWEST_HITS, 2 * ofHome + 1))
        .max(Comparator.comparingLong(language -> hits(language, sentence)))
        .map(language -> Character.toUpperCase(language.charAt(0)) + language.substring(1))
        .orElse(null);
  }

  private boolean isStrange(String sentence) {
    List<String> words = words(sentence);
    return words.size() >= SHORT_SENTENCE
        && END.matcher(sentence).find()
        && words.stream()
            .noneMatch(
                word ->
                    known.contains(word)
                        || Vocabulary.isForm(word)
                        || LANGUAGES.getOrDefault(ENGLISH, Set.of()).contains(word));
  }

  private static void clauses(Sentence sentence, List<Suspect> found) {
    for (Matcher clause = CLAUSE.matcher(sentence.text()); clause.find(); ) {
      List<String> words = words(clause.group());
      if (words.size() >= LONG_CLAUSE
          && words.stream().noneMatch(LANGUAGES.getOrDefault(ENGLISH, Set.of())::contains)) {
        found.add(
            suspect(
                sentence.start() + clause.start(),
                sentence.start() + clause.end(),
                NO_SENTENCE,
                ""));
      }
    }
  }

  private static Suspect suspect(int start, int end, String why, String what) {
    return new Suspect(Finding.Kind.LANGUAGE, start, end, why.formatted(what));
  }

  private static long hits(String language, String text) {
    Set<String> words = LANGUAGES.getOrDefault(language, Set.of());
    return words(text).stream().filter(words::contains).count();
  }

  private static List<String> words(String text) {
    return TextWords.of(text).stream()
        .map(Word::text)
        .filter(word -> LATIN.matcher(word).matches())
        .toList();
  }
}
