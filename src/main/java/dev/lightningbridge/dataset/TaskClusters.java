package dev.lightningbridge.dataset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds the clusters of near duplicates among inputs: wordings of one task, of which a test may ask
 * only one and a search none that the test asks.
 *
 * <p>Two are near duplicates
 *
 * <ul>
 *   <li>where they have the same words when greetings, thanks, reply prefixes and numbers of
 *       tickets are left out ({@link CoreText}); or
 *   <li>where the one is the other with a little more, or their answers are the same: a weighted
 *       Jaccard coefficient of at least {@value #LIKENESS}. A word weighs the more, the fewer
 *       inputs have it (the logarithm of its inverse frequency), so that in a template the word
 *       weighs most in which its tasks differ.
 * </ul>
 *
 * <p>Never so where both have short answers that differ, nor where each has a word that the other
 * lacks and no answer says that this changes nothing. Candidates come from an index of each input's
 * rarest words (the prefix filter of Chaudhuri, Ganti and Kaushik, 2006), so that not all pairs are
 * looked at.
 */
final class TaskClusters {
  static final double LIKENESS = 0.8;

  /** What is in more inputs than this, and is among the rarest words of each, tells nothing. */
  private static final int MOST_SHARING = 500;

  /** A word that no other input has weighs no more than one that two near duplicates share. */
  private static final int FEWEST_SHARING = 2;

  private static final int FEWEST_WORDS = 3;

  private final List<Wording> wordings;
  private final int[] parent;
  private final Wording[] voices;
  private final Map<Integer, Integer> frequency = new HashMap<>();
  private final double[][] weights;
  private final double[] sums;

  private TaskClusters(Collection<Wording> all) {
    wordings = all.stream().sorted(Comparator.comparing(w -> w.key().taskId())).toList();
    parent = new int[wordings.size()];
    Arrays.setAll(parent, i -> i);
    weights = new double[wordings.size()][];
    sums = new double[wordings.size()];
    voices = wordings.toArray(new Wording[0]);
  }

  /** The clusters; each wording is in one. What comes out depends on no order. */
  static List<List<Wording>> of(Collection<Wording> all) {
    TaskClusters clusters = new TaskClusters(all);
    List<Integer> leaders = clusters.joinEqual();
    clusters.weigh(leaders);
    clusters.joinNear(leaders);
    return clusters.found();
  }

  /** Joins those of the same words; gives one for each that is left. */
  private List<Integer> joinEqual() {
    Map<TextHash, List<Integer>> byCore = new HashMap<>();
    List<Integer> leaders = new ArrayList<>();
    for (int i = 0; i < wordings.size(); i++) {
      Wording wording = wordings.get(i);
      List<Integer> same =
          byCore.computeIfAbsent(wording.core().whole(), core -> new ArrayList<>());
      int at = i;
      int leader =
          same.stream()
              .filter(other -> !wording.isAnsweredOtherwise(voice(other)))
              .findFirst()
              .orElse(at);
      if (leader == at) {
        same.add(at);
        leaders.add(at);
      } else {
        join(leader, at);
      }
    }
    return leaders;
  }

  private void weigh(List<Integer> leaders) {
    for (int leader : leaders) {
      for (int word : words(leader)) {
        frequency.merge(word, 1, Integer::sum);
      }
    }
    for (int leader : leaders) {
      weights[leader] =
          Arrays.stream(words(leader))
              .mapToDouble(
                  word -> {
                    int sharing = Math.max(FEWEST_SHARING, frequency.getOrDefault(word, 0));
                    return Math.log((leaders.size() + 1.0) / sharing);
                  })
              .toArray();
      sums[leader] = Arrays.stream(weights[leader]).sum();
    }
  }

  private void joinNear(List<Integer> leaders) {
    Map<Integer, List<Integer>> index = new HashMap<>();
    for (int leader : leaders) {
      if (words(leader).length < FEWEST_WORDS) {
        continue;
      }
      Set<Integer> met = new HashSet<>();
      for (int word : rarest(leader)) {
        List<Integer> sharing = index.computeIfAbsent(word, w -> new ArrayList<>());
        for (int other : sharing) {
          if (met.add(other) && root(other) != root(leader) && isNear(other, leader)) {
            join(other, leader);
          }
        }
        if (sharing.size() < MOST_SHARING) {
          sharing.add(leader);
        }
      }
    }
  }

  /** The words without which there is less in common than what makes two near. */
  private List<Integer> rarest(int leader) {
    int[] words = words(leader);
    List<Integer> places =
        IntStream.range(0, words.length)
            .boxed()
            .sorted(
                Comparator.comparingInt((Integer at) -> frequency.getOrDefault(words[at], 0))
                    .thenComparingInt(at -> words[at]))
            .toList();
    List<Integer> rarest = new ArrayList<>();
    double left = sums[leader];
    for (int at : places) {
      if (left < LIKENESS * sums[leader]) {
        break;
      }
      left -= weights[leader][at];
      rarest.add(words[at]);
    }
    return rarest;
  }

  /** Near each other, and near the first of each other's clusters: no chain of small steps. */
  private boolean isNear(int a, int b) {
    int firstOfA = root(a);
    int firstOfB = root(b);
    return !voice(a).isAnsweredOtherwise(voice(b))
        && near(a, b)
        && (a == firstOfA || near(firstOfA, b))
        && (b == firstOfB || near(a, firstOfB))
        && ((a == firstOfA && b == firstOfB) || near(firstOfA, firstOfB));
  }

  private boolean near(int first, int second) {
    if (Math.min(sums[first], sums[second]) < LIKENESS * Math.max(sums[first], sums[second])) {
      return false;
    }
    Wording a = wordings.get(first);
    Wording b = wordings.get(second);
    Core.Overlap overlap = a.core().overlap(b.core(), weights[first], weights[second]);
    return overlap.likeness() >= LIKENESS && (overlap.isContained() || a.sameAnswer(b));
  }

  /** The one of its cluster whose answer is known, if any is. */
  private Wording voice(int at) {
    return voices[root(at)];
  }

  private int[] words(int at) {
    return wordings.get(at).core().words();
  }

  private int root(int at) {
    int root = at;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }

  private void join(int a, int b) {
    int first = Math.min(root(a), root(b));
    int second = Math.max(root(a), root(b));
    parent[second] = first;
    if (!voices[first].label()) {
      voices[first] = voices[second];
    }
  }

  private List<List<Wording>> found() {
    Map<Integer, List<Wording>> clusters = new LinkedHashMap<>();
    for (int i = 0; i < wordings.size(); i++) {
      clusters.computeIfAbsent(root(i), r -> new ArrayList<>()).add(wordings.get(i));
    }
    return List.copyOf(clusters.values());
  }
}
