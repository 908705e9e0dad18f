package dev.lightningbridge.dataset.tasks;

import dev.lightningbridge.common.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What should be known of the names of members in a file of tasks, counted. */
final class MemberRemarks {
  /** So many names are told one by one. */
  private static final int TOLD = 10;

  private static final int LONGEST = 40;

  private final Map<String, Seen> unknown = new LinkedHashMap<>();
  private final Map<String, String> renamed = new LinkedHashMap<>();

  private @Nullable Seen system;

  private record Seen(String first, long times) {
    String words() {
      return times == 1 ? first : "%s times, first in %s".formatted(Figures.count(times), first);
    }
  }

  /** A conversation began with the system's message, which was left out. */
  void leftOutSystem(String place) {
    system =
        new Seen(
            system == null ? place : system.first(), 1 + (system == null ? 0 : system.times()));
  }

  void take(String place, TaskMembers members) {
    renamed.putAll(members.renamed());
    for (String written : members.unknown()) {
      String name = written.length() <= LONGEST ? written : written.substring(0, LONGEST) + "…";
      Seen before = unknown.get(name);
      // A file whose every name is another one is not kept in memory.
      if (before != null || unknown.size() < 10 * TOLD) {
        unknown.put(
            name,
            before == null ? new Seen(place, 1) : new Seen(before.first(), before.times() + 1));
      }
    }
  }

  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    renamed.entrySet().stream()
        .limit(TOLD)
        .forEach(
            name ->
                sentences.add(
                    "\"%s\" was read as \"%s\".".formatted(name.getKey(), name.getValue())));
    unknown.entrySet().stream()
        .limit(TOLD)
        .forEach(name -> sentences.add(sentence(name.getKey(), name.getValue())));
    if (system != null) {
      sentences.add(
          "The system's message was left out, since the prompt that is tried stands in its place: %s."
              .formatted(system.words()));
    }
    if (unknown.size() > TOLD) {
      sentences.add("… and %d more names that are not read.".formatted(unknown.size() - TOLD));
    }
    return sentences;
  }

  private static String sentence(String name, Seen seen) {
    Optional<String> other = TaskNames.meant(name);
    if (other.isPresent()) {
      return "\"%s\" was not read beside \"%s\": %s.".formatted(name, other.get(), seen.words());
    }
    String meant = TaskNames.nearly(name);
    return "\"%s\" is no member of a task and was not read: %s.%s"
        .formatted(
            name, seen.words(), meant == null ? "" : " Did you mean \"%s\"?".formatted(meant));
  }
}
