package dev.lightningbridge.findings;

import static java.util.stream.Collectors.toSet;

import dev.lightningbridge.findings.Sentences.Sentence;
import dev.lightningbridge.findings.TextWords.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the sentences of a winner that a row says too: all of their words one after another, or
 * nearly all that are the sentence's own within one sentence of the row. What a person says about
 * an answer's form alone may be taken over, up to seven words; two or three words are borrowed only
 * where no other row uses them.
 */
final class Borrowed {
  private static final int SENTENCE = 4 * TextWords.WORD;
  private static final int FEWEST_OWN = 3;
  private static final int FEWEST_OWN_OF_SHORT = 2;
  private static final double NEARLY = 0.75;

  /** Names of fields are an answer's form, and prompts list them. */
  private static final Pattern KEY = Pattern.compile("\"[\\w -]{1,40}\"\\s*:");

  private static final String NEAR = "Nearly the words of a row of the database.";

  private final List<Saying> sought;
  private final Map<Saying, Origin> shorts = new HashMap<>();
  private final Set<String> elsewhere = new HashSet<>();
  private final List<Quote> found = new ArrayList<>();

  Borrowed(String start, String winner) {
    this.sought = new ArrayList<>(Saying.of(start, winner));
  }

  /** Looks whether the winner has a sentence from this text; the first row that has it counts. */
  void read(Source source, String text) {
    if (sought.isEmpty()) {
      return;
    }
    String words = TextWords.joined(text);
    Set<String> all = TextWords.of(text).stream().map(Word::text).collect(toSet());
    sought.removeIf(saying -> isTaken(saying, source, words, all, text));
    sought.stream()
        .filter(saying -> saying.weight() < SENTENCE && !words.contains(saying.words()))
        .forEach(saying -> saying.own().stream().filter(all::contains).forEach(elsewhere::add));
  }

  private boolean isTaken(
      Saying saying, Source source, String words, Set<String> all, String text) {
    boolean whole = words.contains(saying.words());
    if (saying.weight() < SENTENCE) {
      if (whole && saying.own().size() >= FEWEST_OWN_OF_SHORT) {
        shorts.putIfAbsent(saying, Origin.of(source, text, saying.words()));
      }
      return false;
    }
    if (whole && (!source.isOfPeople() || !saying.own().isEmpty())) {
      found.add(Quote.of(saying.place(), Quote.WHOLE, Origin.of(source, text, saying.words())));
      return true;
    }
    if (!whole && isNear(saying, all, text)) {
      found.add(Quote.of(saying.place(), NEAR, Origin.of(source, text, saying.words())));
      return true;
    }
    return false;
  }

  private static boolean isNear(Saying saying, Set<String> all, String text) {
    int fewest = Math.max(FEWEST_OWN, (int) Math.ceil(NEARLY * saying.own().size()));
    return saying.hasSpaces()
        && saying.shared(all) >= fewest
        && Sentences.of(KEY.matcher(text).replaceAll("")).stream()
            .map(Sentence::text)
            .map(sentence -> TextWords.of(sentence).stream().map(Word::text).collect(toSet()))
            .anyMatch(said -> saying.shared(said) >= fewest);
  }

  /** The sentences, once all texts were read. */
  List<Quote> quotes() {
    List<Quote> quotes = new ArrayList<>(found);
    shorts.forEach(
        (saying, origin) -> {
          if (saying.own().stream().noneMatch(elsewhere::contains)) {
            quotes.add(Quote.of(saying.place(), Quote.WHOLE, origin));
          }
        });
    return quotes;
  }
}
