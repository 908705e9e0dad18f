package dev.lightningbridge.findings;

import dev.lightningbridge.findings.Runs.Run;
import dev.lightningbridge.findings.Sentences.Sentence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what a winner has word for word from texts that it is shown one by one: runs of eight
 * words, or of sixteen characters of a script without spaces, that the start has not. The words of
 * a directive are none: its owner wants them in the prompt.
 */
final class Quotes {
  static final int WORDS = 8;
  private static final int SENTENCE = 4;
  private static final Set<String> OF_PEOPLE = Set.of("comment", Source.DIRECTIVE);

  private final Map<String, List<Run>> runs = new HashMap<>();
  private final Map<String, Sentence> sentences = new HashMap<>();
  private final List<Quoted> found = new ArrayList<>();

  /** A place that stands in a row's text. */
  private record Quoted(int start, int end, Source source) {}

  /** A finding to be, with its row. */
  record Quote(Suspect suspect, Source source) {}

  Quotes(String start, String winner) {
    Runs.of(winner, WORDS)
        .forEach(run -> runs.computeIfAbsent(run.text(), x -> new ArrayList<>()).add(run));
    Runs.of(start, WORDS).forEach(run -> runs.remove(run.text()));
    String known = Words.joined(start);
    for (Sentence sentence : Sentences.of(winner)) {
      String words = Words.joined(sentence.text());
      if (Words.weight(sentence.text()) >= SENTENCE * Words.WORD && !known.contains(words)) {
        sentences.put(words, sentence);
      }
    }
  }

  /** Looks whether the winner has something from this text; the first row that has it counts. */
  void read(Source source, String text) {
    if (!sentences.isEmpty() && !OF_PEOPLE.contains(source.kind())) {
      String words = Words.joined(text);
      sentences
          .entrySet()
          .removeIf(
              sentence -> {
                boolean quoted = words.contains(sentence.getKey());
                if (quoted) {
                  Sentence place = sentence.getValue();
                  found.add(new Quoted(place.start(), place.end(), source));
                }
                return quoted;
              });
    }
    if (runs.isEmpty() || source.kind().equals(Source.DIRECTIVE)) {
      return;
    }
    for (Run run : Runs.of(text, WORDS)) {
      List<Run> same = runs.remove(run.text());
      if (same != null) {
        same.forEach(place -> found.add(new Quoted(place.start(), place.end(), source)));
      }
    }
  }

  /** The quotes, each as long as one row has it. */
  List<Quote> quotes() {
    List<Quote> quotes = new ArrayList<>();
    found.sort(Comparator.comparingInt(Quoted::start));
    for (Quoted next : found) {
      Quote last = quotes.isEmpty() ? null : quotes.getLast();
      if (last != null
          && next.start() <= last.suspect().end()
          && next.source().equals(last.source())) {
        quotes.removeLast();
        quotes.add(
            quote(
                last.suspect().start(), Math.max(last.suspect().end(), next.end()), next.source()));
      } else {
        quotes.add(quote(next.start(), next.end(), next.source()));
      }
    }
    return quotes;
  }

  private static Quote quote(int start, int end, Source source) {
    return new Quote(
        new Suspect(
            Finding.Kind.QUOTE,
            start,
            end,
            "Word for word from a row of the database: %s.".formatted(source.kind())),
        source);
  }
}
