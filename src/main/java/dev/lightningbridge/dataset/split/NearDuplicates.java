package dev.lightningbridge.dataset.split;

import dev.lightningbridge.dataset.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds texts that say nearly the same: the words of the one, as a set, overlap with those of the
 * other by at least a share of all of both (Jaccard's coefficient); where a script has no spaces,
 * its pairs of characters do ({@link Words}). Case, punctuation and order do not count. Not
 * thread-safe.
 */
public final class NearDuplicates {
  /** So much overlap makes two inputs the same for a test of prompts. */
  public static final double DEFAULT_THRESHOLD = 0.8;

  private final double threshold;
  private final List<Integer> sizes = new ArrayList<>();
  private final Map<String, List<Integer>> textsByWord = new HashMap<>();

  public NearDuplicates() {
    this(DEFAULT_THRESHOLD);
  }

  /**
   * @param threshold above 0, at most 1
   */
  public NearDuplicates(double threshold) {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new IllegalArgumentException("no share: " + threshold);
    }
    this.threshold = threshold;
  }

  /** Keeps the text, unless it is nearly one that was kept before; says whether it was kept. */
  public boolean add(String text) {
    Set<String> words = words(text);
    if (isNear(words)) {
      return false;
    }
    int number = sizes.size();
    sizes.add(words.size());
    words.forEach(w -> textsByWord.computeIfAbsent(w, x -> new ArrayList<>()).add(number));
    return true;
  }

  private boolean isNear(Set<String> words) {
    Map<Integer, Integer> common = new HashMap<>();
    for (String word : words) {
      textsByWord.getOrDefault(word, List.of()).forEach(t -> common.merge(t, 1, Integer::sum));
    }
    return common.entrySet().stream()
        .anyMatch(
            e -> {
              int all = words.size() + sizes.get(e.getKey()) - e.getValue();
              return e.getValue() >= threshold * all;
            });
  }

  private static Set<String> words(String text) {
    return new LinkedHashSet<>(Words.of(Words.normal(text)));
  }
}
