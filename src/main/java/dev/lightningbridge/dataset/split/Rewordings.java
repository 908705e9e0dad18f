package dev.lightningbridge.dataset.split;

import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.TextHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds inputs that are asked once more in other words. One is nearly another by the rule of the
 * clusters ({@link TaskClusters}); or where the one has all words of the other and few more,
 * however rare these are; or where both have the same words, whatever their answers are: who
 * changes an answer has not made a new question. Chains are left to who asks.
 */
public final class Rewordings {
  private final List<Wording> all;
  private final Map<TextHash, Integer> leaders = new HashMap<>();
  private final Map<TextHash, List<Wording>> earlier = new HashMap<>();
  private final Map<Integer, List<Integer>> byWord = new HashMap<>();
  private final Map<Integer, List<Integer>> byRarest = new HashMap<>();
  private final Likeness likeness;

  private Rewordings(Collection<Wording> these, Collection<Wording> others) {
    all = new ArrayList<>(others);
    all.addAll(these);
    for (int at = 0; at < all.size(); at++) {
      leaders.putIfAbsent(all.get(at).core().whole(), at);
    }
    likeness = new Likeness(all, List.copyOf(leaders.values()));
    for (Wording other : others) {
      earlier.computeIfAbsent(other.core().whole(), core -> new ArrayList<>()).add(other);
    }
    for (TextHash core : earlier.keySet()) {
      int leader = leader(core);
      likeness.rarest(leader).stream().limit(1).forEach(word -> add(byRarest, word, leader));
      for (int word : all.get(leader).core().words()) {
        add(byWord, word, leader);
      }
    }
  }

  private static void add(Map<Integer, List<Integer>> index, int word, int leader) {
    List<Integer> sharing = index.computeIfAbsent(word, w -> new ArrayList<>());
    if (sharing.size() < Likeness.MOST_SHARING) {
      sharing.add(leader);
    }
  }

  /** Of each of these inputs those of the others that are nearly the same; none for most. */
  public static Map<InputKey, Set<InputKey>> of(
      Collection<Wording> these, Collection<Wording> others) {
    Rewordings rewordings = new Rewordings(these, others);
    Map<InputKey, Set<InputKey>> found = new HashMap<>();
    these.forEach(wording -> found.put(wording.key(), rewordings.near(wording)));
    return found;
  }

  private Set<InputKey> near(Wording wording) {
    TextHash core = wording.core().whole();
    Set<InputKey> near = new HashSet<>();
    earlier.getOrDefault(core, List.of()).forEach(other -> near.add(other.key()));
    int leader = leader(core);
    for (int other : candidates(leader)) {
      if (other != leader
          && (likeness.isNear(other, leader) || likeness.isLittleMore(other, leader))) {
        earlier.getOrDefault(all.get(other).core().whole(), List.of()).stream()
            .filter(one -> !one.isAnsweredOtherwise(wording))
            .forEach(one -> near.add(one.key()));
      }
    }
    return near;
  }

  /** Those with one of its rarest words, and those whose rarest word it has. */
  private Set<Integer> candidates(int leader) {
    Set<Integer> candidates = new HashSet<>();
    List<Integer> rarest = likeness.rarest(leader);
    rarest.forEach(word -> candidates.addAll(byWord.getOrDefault(word, List.of())));
    if (!rarest.isEmpty()) {
      for (int word : all.get(leader).core().words()) {
        candidates.addAll(byRarest.getOrDefault(word, List.of()));
      }
    }
    return candidates;
  }

  private int leader(TextHash core) {
    return leaders.getOrDefault(core, 0);
  }
}
