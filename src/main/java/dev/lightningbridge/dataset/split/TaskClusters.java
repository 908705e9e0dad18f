package dev.lightningbridge.dataset.split;

import dev.lightningbridge.dataset.TextHash;
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

/**
 * Finds the clusters of near duplicates among inputs: wordings of one task, of which a test may ask
 * only one and a search none that the test asks.
 *
 * <p>Two are near duplicates
 *
 * <ul>
 *   <li>where they have the same words when greetings, thanks, reply prefixes and numbers of
 *       tickets are left out ({@link CoreText}); or
 *   <li>where the one is the other with a little more, or their answers are the same, and their
 *       {@link Likeness} is at least {@value Likeness#NEAR}.
 * </ul>
 *
 * <p>Never so where both have short answers that differ, nor where each has a word that the other
 * lacks and no answer says that this changes nothing. Candidates come from an index of each input's
 * rarest words (the prefix filter of Chaudhuri, Ganti and Kaushik, 2006), so that not all pairs are
 * looked at.
 */
public final class TaskClusters {
  private final List<Wording> wordings;
  private final int[] parent;
  private final Wording[] voices;

  private TaskClusters(Collection<Wording> all) {
    wordings = all.stream().sorted(Comparator.comparing(w -> w.key().taskId())).toList();
    parent = new int[wordings.size()];
    Arrays.setAll(parent, i -> i);
    voices = wordings.toArray(new Wording[0]);
  }

  /** The clusters; each wording is in one. What comes out depends on no order. */
  public static List<List<Wording>> of(Collection<Wording> all) {
    TaskClusters clusters = new TaskClusters(all);
    List<Integer> leaders = clusters.joinEqual();
    clusters.joinNear(leaders, new Likeness(clusters.wordings, leaders));
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

  private void joinNear(List<Integer> leaders, Likeness likeness) {
    Map<Integer, List<Integer>> index = new HashMap<>();
    for (int leader : leaders) {
      Set<Integer> met = new HashSet<>();
      for (int word : likeness.rarest(leader)) {
        List<Integer> sharing = index.computeIfAbsent(word, w -> new ArrayList<>());
        for (int other : sharing) {
          if (met.add(other) && root(other) != root(leader) && isNear(likeness, other, leader)) {
            join(other, leader);
          }
        }
        if (sharing.size() < Likeness.MOST_SHARING) {
          sharing.add(leader);
        }
      }
    }
  }

  /** Near each other, and near the first of each other's clusters: no chain of small steps. */
  private boolean isNear(Likeness likeness, int a, int b) {
    int firstOfA = root(a);
    int firstOfB = root(b);
    return !voice(a).isAnsweredOtherwise(voice(b))
        && likeness.isNear(a, b)
        && (a == firstOfA || likeness.isNear(firstOfA, b))
        && (b == firstOfB || likeness.isNear(a, firstOfB))
        && ((a == firstOfA && b == firstOfB) || likeness.isNear(firstOfA, firstOfB));
  }

  /** The one of its cluster whose answer is known, if any is. */
  private Wording voice(int at) {
    return voices[root(at)];
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
