package dev.lightningbridge.findings;

import static java.util.stream.Collectors.toSet;

import dev.lightningbridge.findings.Runs.Run;
import dev.lightningbridge.findings.Sentences.Sentence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the row that suspects came from, of texts that it is shown one by one: the one that has the
 * suspect's words, or else shares the most runs of three words with its sentence.
 */
final class Origins {
  private static final int RUN = 3;
  private static final int FEWEST_RUNS = 2;
  private static final int WHOLE = 1_000;

  private final List<Sought> sought = new ArrayList<>();

  /** A suspect, and the row that fits it best so far. */
  private static final class Sought {
    final Suspect suspect;
    final String words;
    final Set<String> runs;
    final String sentence;
    int best;
    @Nullable Origin origin;

    Sought(Suspect suspect, String words, Set<String> runs, String sentence) {
      this.suspect = suspect;
      this.words = words;
      this.runs = runs;
      this.sentence = sentence;
    }
  }

  Origins(String start, String winner, List<Suspect> suspects) {
    Set<String> known = runs(start);
    List<Sentence> sentences = Sentences.of(winner);
    for (Suspect suspect : suspects) {
      List<String> around =
          sentences.stream()
              .filter(s -> s.start() < suspect.end() && suspect.start() < s.end())
              .map(Sentence::text)
              .toList();
      Set<String> runs =
          around.stream()
              .flatMap(s -> runs(s).stream())
              .filter(run -> !known.contains(run))
              .collect(toSet());
      sought.add(
          new Sought(
              suspect, TextWords.joined(suspect.in(winner)), runs, String.join(" ", around)));
    }
  }

  /** Looks whether one of the suspects may come from this text. */
  void read(Source source, String text) {
    if (sought.isEmpty()) {
      return;
    }
    String words = TextWords.joined(text);
    Set<String> runs = runs(text);
    for (Sought one : sought) {
      int shared = (int) one.runs.stream().filter(runs::contains).count();
      boolean whole = !one.words.isBlank() && words.contains(one.words);
      int worth = shared + (whole ? WHOLE : 0);
      if (worth > one.best && worth >= FEWEST_RUNS) {
        one.best = worth;
        one.origin = Origin.of(source, text, one.sentence);
      }
    }
  }

  /** The rows found. */
  Map<Suspect, Origin> found() {
    Map<Suspect, Origin> found = new HashMap<>();
    for (Sought one : sought) {
      if (one.origin != null) {
        found.put(one.suspect, one.origin);
      }
    }
    return found;
  }

  private static Set<String> runs(String text) {
    return Runs.of(text, RUN).stream().map(Run::text).collect(toSet());
  }
}
