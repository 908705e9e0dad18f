package dev.lightningbridge.dataset.tasks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of a task's members: ours, and those by which other tools mean the same. Case,
 * underscores, hyphens and spaces do not count.
 */
public final class TaskNames {
  private static final List<String> OURS =
      List.of("id", "input", "expected", "checks", "tag", "session_id", "source", "split");

  private static final Map<String, Set<String>> OTHERS =
      Map.of(
          "input",
          Set.of("inputs", "messages", "question", "prompt", "query", "userinput", "instruction"),
          "expected",
          Set.of(
              "expectedoutput",
              "expectedanswer",
              "expectedresponse",
              "ideal",
              "label",
              "answer",
              "reference",
              "referenceanswer",
              "referenceoutput",
              "target",
              "completion",
              "gold",
              "groundtruth",
              "correctanswer"));

  /** As many letters may be wrong in a name that is meant all the same. */
  private static final int FEW = 2;

  private TaskNames() {}

  /** Our name of the member; empty where none is meant. */
  static Optional<String> meant(String name) {
    String plain = plain(name);
    return OURS.stream()
        .filter(ours -> plain(ours).equals(plain))
        .findFirst()
        .or(
            () ->
                OTHERS.entrySet().stream()
                    .filter(e -> e.getValue().contains(plain))
                    .map(Map.Entry::getKey)
                    .findFirst());
  }

  /** Whether a header with these columns is one of tasks. */
  static boolean nameInput(List<String> columns) {
    return columns.stream().anyMatch(c -> meant(c).filter("input"::equals).isPresent());
  }

  /** Our name that a name nobody knows is nearly; null where it is none. */
  static @Nullable String nearly(String name) {
    String plain = plain(name);
    Map<String, Integer> near = new LinkedHashMap<>();
    OURS.forEach(ours -> near.put(ours, distance(plain, plain(ours))));
    OTHERS.forEach(
        (ours, others) ->
            others.forEach(other -> near.merge(ours, distance(plain, other), Math::min)));
    return near.entrySet().stream()
        .filter(e -> e.getValue() <= Math.min(FEW, plain.length() / 3))
        .min(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(null);
  }

  private static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replaceAll("[_\\-\\s]", "");
  }

  /** Levenshtein's. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int substituted = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
