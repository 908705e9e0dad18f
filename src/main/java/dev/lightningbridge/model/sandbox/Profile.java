package dev.lightningbridge.model.sandbox;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one seed demands in a domain, hidden from whoever optimises.
 *
 * @param required the skills that count, in the table's order
 * @param base how often each skill is shown unasked
 * @param weight each required skill's share in the reward
 */
record Profile(List<Skill> required, Map<String, Double> base, Map<String, Double> weight) {
  static Profile of(long seed, SkillTable table) {
    String name = table.name();
    List<Skill> core = table.skills().stream().filter(Skill::core).toList();
    Stream<Skill> drawn =
        table.skills().stream()
            .filter(s -> !s.core())
            .sorted(Comparator.comparingDouble(s -> Draw.of(seed, name, "required", s.id())))
            .limit(table.required() - core.size());
    Set<String> chosen =
        Stream.concat(core.stream(), drawn).map(Skill::id).collect(Collectors.toSet());
    Map<String, Double> base = new HashMap<>();
    Map<String, Double> weight = new HashMap<>();
    for (Skill skill : table.skills()) {
      double shift = 0.3 * (Draw.of(seed, name, "base", skill.id()) - 0.5);
      base.put(skill.id(), Math.clamp(skill.base() + shift, 0.02, 0.9));
      weight.put(
          skill.id(), skill.weight() * (0.6 + 0.8 * Draw.of(seed, name, "weight", skill.id())));
    }
    return new Profile(
        table.skills().stream().filter(s -> chosen.contains(s.id())).toList(),
        Map.copyOf(base),
        Map.copyOf(weight));
  }

  double base(Skill skill) {
    return base.getOrDefault(skill.id(), skill.base());
  }

  double weight(Skill skill) {
    return weight.getOrDefault(skill.id(), skill.weight());
  }

  boolean requires(Instruction instruction) {
    return instruction instanceof Skill skill && required.contains(skill);
  }
}
