package dev.lightningbridge.findings;

import dev.lightningbridge.findings.TextWords.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Runs of words: of each word on, as many as have a certain weight together. */
final class Runs {
  private Runs() {}

  /** A run's words, and its place. */
  record Run(String text, int start, int end) {}

  /**
   * All of a text's.
   *
   * @param words how many; twice as many characters where a script has no spaces
   */
  static List<Run> of(String text, int words) {
    List<Word> all = TextWords.of(text);
    List<Run> runs = new ArrayList<>();
    for (int first = 0; first < all.size(); first++) {
      int weight = 0;
      int last = first;
      while (last < all.size() && weight < words * TextWords.WORD) {
        weight += all.get(last++).weight();
      }
      if (weight < words * TextWords.WORD) {
        break;
      }
      List<Word> run = all.subList(first, last);
      runs.add(
          new Run(
              run.stream().map(Word::text).collect(Collectors.joining(" ")),
              run.getFirst().start(),
              run.getLast().end()));
    }
    return runs;
  }
}
