package dev.lightningbridge.findings;

import dev.lightningbridge.findings.Runs.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what a winner has from texts that it is shown one by one: runs of eight words, or of
 * sixteen characters of a script without spaces, that the start has not; and whole sentences
 * ({@link Borrowed}). Of a directive only sentences count: its owner wants them followed.
 */
final class Quotes {
  static final int WORDS = 8;

  private final Map<String, List<Run>> runs = new HashMap<>();
  private final Borrowed sentences;
  private final List<Quote> found = new ArrayList<>();

  Quotes(String start, String winner) {
    Runs.of(winner, WORDS)
        .forEach(run -> runs.computeIfAbsent(run.text(), x -> new ArrayList<>()).add(run));
    Runs.of(start, WORDS).forEach(run -> runs.remove(run.text()));
    sentences = new Borrowed(start, winner);
  }

  /** Looks whether the winner has something from this text; the first row that has it counts. */
  void read(Source source, String text) {
    sentences.read(source, text);
    if (runs.isEmpty() || source.kind().equals(Source.DIRECTIVE)) {
      return;
    }
    for (Run run : Runs.of(text, WORDS)) {
      List<Run> same = runs.remove(run.text());
      if (same != null) {
        same.forEach(
            place ->
                found.add(
                    Quote.of(
                        place.start(),
                        place.end(),
                        Quote.WHOLE,
                        Origin.of(source, text, run.text()))));
      }
    }
  }

  /** The quotes, each as long as one row has it; none within another. */
  List<Quote> quotes() {
    List<Quote> all = new ArrayList<>(found);
    all.addAll(sentences.quotes());
    all.sort(
        Comparator.comparingInt((Quote quote) -> quote.suspect().start())
            .thenComparingInt(quote -> -quote.suspect().end()));
    List<Quote> quotes = new ArrayList<>();
    for (Quote next : all) {
      Quote last = quotes.isEmpty() ? null : quotes.getLast();
      if (last != null && last.isContinuedBy(next)) {
        quotes.set(quotes.size() - 1, last.with(next));
      } else if (last == null || last.suspect().end() < next.suspect().end()) {
        quotes.add(next);
      }
    }
    return quotes;
  }
}
