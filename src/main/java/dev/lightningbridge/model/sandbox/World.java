package dev.lightningbridge.model.sandbox;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All domains under one seed. Thread-safe. */
final class World {
  private final long seed;
  private final List<KnownDomain> known;
  private final Generic generic;

  World(long seed) {
    this.seed = seed;
    this.known = List.of(new Triage(seed), new Extract(seed), new Rooms(seed));
    this.generic = new Generic(seed);
  }

  long seed() {
    return seed;
  }

  List<KnownDomain> known() {
    return known;
  }

  Generic generic() {
    return generic;
  }

  Domain domain(SandboxDomain name) {
    return domains().filter(d -> d.table().name().equals(name.id())).findFirst().orElse(generic);
  }

  private Stream<Domain> domains() {
    return Stream.concat(known.stream(), Stream.of(generic));
  }

  /** The known domain whose whole input comes first in the text. */
  Optional<KnownDomain> knownIn(String text) {
    KnownDomain first = null;
    int start = text.length();
    for (KnownDomain domain : known) {
      int found = domain.startIn(text);
      if (found >= 0 && found < start) {
        first = domain;
        start = found;
      }
    }
    return Optional.ofNullable(first);
  }

  /** The domain of an input. */
  Domain domainOf(String input) {
    return knownIn(input).<Domain>map(d -> d).orElse(generic);
  }

  /** The domain whose instructions a prompt and what is said about it speak of. */
  Domain domainOfPrompt(String prompt, String critique) {
    Optional<KnownDomain> shown = knownIn(critique);
    return shown.isPresent()
        ? shown.get()
        : domains().max(Comparator.comparingInt(d -> kinship(d, prompt, critique))).orElse(generic);
  }

  private static int kinship(Domain domain, String prompt, String critique) {
    SkillTable table = domain.table();
    String opening = table.seedPrompt().substring(0, 20);
    long verbatim =
        table.byId().values().stream()
            .flatMap(i -> i.texts().stream())
            .filter(t -> prompt.contains(t) || critique.contains(t))
            .count();
    return (prompt.contains(opening) ? 20 : 0)
        + 2 * (int) verbatim
        + domain.strengths(prompt).size()
        + domain.strengths(critique).size();
  }
}
