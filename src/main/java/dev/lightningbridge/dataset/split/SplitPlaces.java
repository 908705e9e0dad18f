package dev.lightningbridge.dataset.split;

import dev.lightningbridge.dataset.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A split of a list of tasks in writing: a letter for each, in their order. */
public final class SplitPlaces {
  private enum Place {
    TRAIN('r'),
    VALIDATION('v'),
    TEST('t'),
    /** Another wording of a test task. */
    WORDING('w'),
    ASIDE('a');

    private final char letter;

    Place(char letter) {
      this.letter = letter;
    }

    static Place of(char letter) {
      for (Place place : values()) {
        if (place.letter == letter) {
          return place;
        }
      }
      throw new IllegalArgumentException("no place in a split: " + letter);
    }
  }

  private SplitPlaces() {}

  /**
   * Writes a split of these tasks.
   *
   * @param tasks the very ones that were split
   */
  public static String of(List<Task> tasks, Split split) {
    Set<Task> train = identities(split.train());
    Set<Task> validation = identities(split.validation());
    Set<Task> test = identities(split.test());
    Set<Task> sealed = identities(split.sealed());
    StringBuilder letters = new StringBuilder(tasks.size());
    for (Task task : tasks) {
      letters.append(
          (train.contains(task)
                  ? Place.TRAIN
                  : validation.contains(task)
                      ? Place.VALIDATION
                      : test.contains(task)
                          ? Place.TEST
                          : sealed.contains(task) ? Place.WORDING : Place.ASIDE)
              .letter);
    }
    return letters.toString();
  }

  /** Reads a split of the same tasks in the same order. */
  public static Split read(List<Task> tasks, String letters) {
    Map<Place, List<Task>> at = new EnumMap<>(Place.class);
    List<Task> aside = new ArrayList<>();
    List<Task> sealed = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      Place place = Place.of(letters.charAt(i));
      at.computeIfAbsent(place, p -> new ArrayList<>()).add(tasks.get(i));
      if (place == Place.WORDING || place == Place.ASIDE) {
        aside.add(tasks.get(i));
      }
      if (place == Place.WORDING || place == Place.TEST) {
        sealed.add(tasks.get(i));
      }
    }
    return new Split(
        List.copyOf(at.getOrDefault(Place.TRAIN, List.of())),
        List.copyOf(at.getOrDefault(Place.VALIDATION, List.of())),
        List.copyOf(at.getOrDefault(Place.TEST, List.of())),
        List.copyOf(aside),
        List.copyOf(sealed));
  }

  private static Set<Task> identities(List<Task> tasks) {
    Set<Task> set = Collections.newSetFromMap(new IdentityHashMap<>());
    set.addAll(tasks);
    return set;
  }
}
