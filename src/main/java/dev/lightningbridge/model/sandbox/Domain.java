package dev.lightningbridge.model.sandbox;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * A kind of task under one seed: how its inputs are read and made, and how outputs are graded.
 * Thread-safe.
 */
abstract sealed class Domain permits KnownDomain, Generic {
  private final SkillTable table;
  private final Profile profile;
  private final Map<String, Map<String, Double>> strengths =
      Collections.synchronizedMap(new RecentlyUsed<>());

  Domain(SkillTable table, long seed) {
    this.table = table;
    this.profile = Profile.of(seed, table);
  }

  final SkillTable table() {
    return table;
  }

  /** What the seed demands. */
  final Profile profile() {
    return profile;
  }

  abstract Situation read(String input);

  /** Makes up an input. */
  abstract String newInput(SplittableRandom random, int number);

  /** What the text asks for: strength by instruction id; remembered for texts seen lately. */
  final Map<String, Double> strengths(String text) {
    Map<String, Double> found = strengths.get(text);
    if (found == null) {
      found = table.strengths(text);
      strengths.put(text, found);
    }
    return found;
  }

  /** Grades an output by what the seed demands. */
  final Assessment assess(String input, String output) {
    Situation situation = read(input);
    Map<String, Boolean> shown = situation.check(output);
    Predicate<Skill> ok = s -> shown.getOrDefault(s.id(), false);
    List<Skill> closedGate =
        profile.required().stream()
            .filter(s -> s.id().equals(table.gate()) && !ok.test(s))
            .toList();
    if (!closedGate.isEmpty()) {
      return new Assessment(0, closedGate);
    }
    List<Skill> demanded = profile.required().stream().filter(s -> s.appliesTo(situation)).toList();
    return new Assessment(reward(demanded, shown), demanded.stream().filter(ok.negate()).toList());
  }

  /** The reward of an output that passed the gate. */
  double reward(List<Skill> demanded, Map<String, Boolean> shown) {
    double all = demanded.stream().mapToDouble(profile::weight).sum();
    double kept =
        demanded.stream()
            .filter(s -> shown.getOrDefault(s.id(), false))
            .mapToDouble(profile::weight)
            .sum();
    return all == 0 ? 1 : Math.min(1, kept / all);
  }

  /** A map that forgets what was not asked for in a long time. */
  private static final class RecentlyUsed<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 5_000;

    RecentlyUsed() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > MOST;
    }
  }
}
