package dev.lightningbridge.dataset.split;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How like wordings are to each other: a weighted Jaccard coefficient of their words. A word weighs
 * the more, the fewer of the wordings have it (the logarithm of its inverse frequency), so that in
 * a template the word weighs most in which its tasks differ.
 */
final class Likeness {
  /** From here on two say the same, where nothing speaks against it. */
  static final double NEAR = 0.8;

  /** What is in more wordings than this, and is among the rarest words of each, tells nothing. */
  static final int MOST_SHARING = 500;

  /** A word that no other wording has weighs no more than one that two near duplicates share. */
  private static final int FEWEST_SHARING = 2;

  private static final int FEWEST_WORDS = 3;

  private final List<Wording> wordings;
  private final Map<Integer, Integer> frequency = new HashMap<>();
  private final double[][] weights;
  private final double[] sums;

  /**
   * Weighs the words.
   *
   * @param compared the places of those that are looked at, each of other words
   */
  Likeness(List<Wording> wordings, List<Integer> compared) {
    this.wordings = wordings;
    weights = new double[wordings.size()][];
    sums = new double[wordings.size()];
    for (int at : compared) {
      for (int word : words(at)) {
        frequency.merge(word, 1, Integer::sum);
      }
    }
    for (int at : compared) {
      weights[at] =
          Arrays.stream(words(at))
              .mapToDouble(
                  word -> {
                    int sharing = Math.max(FEWEST_SHARING, frequency.getOrDefault(word, 0));
                    return Math.log((compared.size() + 1.0) / sharing);
                  })
              .toArray();
      sums[at] = Arrays.stream(weights[at]).sum();
    }
  }

  /**
   * The words without which there is less in common than what makes two near; none where there are
   * too few to compare by.
   */
  List<Integer> rarest(int at) {
    int[] words = words(at);
    if (words.length < FEWEST_WORDS) {
      return List.of();
    }
    List<Integer> places =
        IntStream.range(0, words.length)
            .boxed()
            .sorted(
                Comparator.comparingInt((Integer w) -> frequency.getOrDefault(words[w], 0))
                    .thenComparingInt(w -> words[w]))
            .toList();
    double left = sums[at];
    int count = 0;
    while (count < words.length && left >= NEAR * sums[at]) {
      left -= weights[at][places.get(count++)];
    }
    return places.stream().limit(count).map(w -> words[w]).toList();
  }

  /** Whether the one is the other with a little more, or has the same answer and is much alike. */
  boolean isNear(int first, int second) {
    if (Math.min(sums[first], sums[second]) < NEAR * Math.max(sums[first], sums[second])) {
      return false;
    }
    Wording a = wordings.get(first);
    Wording b = wordings.get(second);
    Core.Overlap overlap = a.core().overlap(b.core(), weights[first], weights[second]);
    return overlap.likeness() >= NEAR && (overlap.isContained() || a.sameAnswer(b));
  }

  /** Whether the one has all words of the other and few more, by their number alone. */
  boolean isLittleMore(int first, int second) {
    int fewer = Math.min(words(first).length, words(second).length);
    int more = Math.max(words(first).length, words(second).length);
    return fewer >= NEAR * more
        && wordings
            .get(first)
            .core()
            .overlap(wordings.get(second).core(), weights[first], weights[second])
            .isContained();
  }

  private int[] words(int at) {
    return wordings.get(at).core().words();
  }
}
