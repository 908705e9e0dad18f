package dev.lightningbridge.optimize.demonstrations;

import dev.lightningbridge.dataset.Expected;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.PromptPlaces;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.split.NearDuplicates;
import dev.lightningbridge.dataset.split.Split;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What may stand in a prompt as an example, in the form in which it would. Nothing of it is, or
 * nearly is, a validation or a sealed task.
 *
 * @param all no two of them nearly alike
 */
public record Demonstrations(List<Demonstration> all, DemonstrationForm form) {
  /** None may. */
  public static final Demonstrations NONE = new Demonstrations(List.of(), DemonstrationForm.of(""));

  /** Characters of an input and its answer: longer ones would fill the prompt alone. */
  private static final int LONGEST = 2_000;

  /** So many are enough to draw from. */
  public static final int MOST = 200;

  public Demonstrations {
    all = List.copyOf(all);
  }

  /**
   * Those of the split's train tasks whose output is known, and these others on train tasks.
   *
   * @param praised answers that people scored high; of two on one input the first counts
   * @param prompt that they would stand in; one with places for values takes none, since what comes
   *     behind its places is read after the input
   */
  public static Demonstrations of(Split split, List<Demonstration> praised, String prompt) {
    return of(split, praised, prompt, Map.of());
  }

  /**
   * The same; an example says which of these sessions it comes from.
   *
   * @param pooled the names of sessions that are pooled with the run's own, by id
   */
  public static Demonstrations of(
      Split split, List<Demonstration> praised, String prompt, Map<String, String> pooled) {
    if (!PromptPlaces.in(prompt).isEmpty()) {
      return NONE;
    }
    NearDuplicates seen = new NearDuplicates();
    split.hidden().forEach(task -> seen.add(task.input()));
    split.sealed().forEach(task -> seen.add(task.input()));
    List<Task> train = split.train().stream().filter(task -> task.shape() == null).toList();
    Map<InputKey, String> ids = new HashMap<>();
    train.forEach(task -> ids.put(InputKey.of(task.input()), task.id()));
    List<Demonstration> known = new ArrayList<>();
    train.forEach(task -> add(task, pooled, known));
    praised.forEach(
        one -> {
          String id = ids.get(InputKey.of(one.input()));
          if (id != null) {
            known.add(new Demonstration(id, one.input(), one.answer(), one.origin()));
          }
        });
    List<Demonstration> all =
        known.stream()
            .filter(Demonstrations::fits)
            .filter(one -> seen.add(one.input()))
            .limit(MOST)
            .toList();
    return new Demonstrations(all, DemonstrationForm.of(prompt));
  }

  /** Where an example comes from that is not of the run's own session. */
  public static String ofSession(String name) {
    return " of session " + name;
  }

  private static void add(Task task, Map<String, String> pooled, List<Demonstration> known) {
    Expected expected = task.expected();
    if (expected != null) {
      String answer = expected.alternatives().getFirst().text();
      String session = task.sessionId();
      String name = session == null ? null : pooled.get(session);
      String where = name == null ? "" : ofSession(name);
      known.add(new Demonstration(task.id(), task.input(), answer, "expected by the task" + where));
    }
  }

  private static boolean fits(Demonstration one) {
    return !one.input().isBlank()
        && !one.answer().isBlank()
        && one.input().length() + one.answer().length() <= LONGEST
        && !one.input().contains("{{")
        && !one.answer().contains("{{");
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** Those that stand in the prompt, in their order there. */
  public List<Demonstration> in(String prompt) {
    return all.stream()
        .filter(one -> prompt.contains(form.written(one)))
        .sorted((a, b) -> prompt.indexOf(form.written(a)) - prompt.indexOf(form.written(b)))
        .toList();
  }

  /**
   * A stretch of a text.
   *
   * @param start in UTF-16 units, as {@code end}
   */
  public record Stretch(int start, int end) {}

  /** Where they stand in the prompt; those that only white space parts are one stretch. */
  public List<Stretch> placesIn(String prompt) {
    List<Stretch> places = new ArrayList<>();
    for (Demonstration one : in(prompt)) {
      String written = form.written(one);
      int start = prompt.indexOf(written);
      int end = start + written.length();
      Stretch last = places.isEmpty() ? null : places.getLast();
      if (last != null && (last.end() >= start || prompt.substring(last.end(), start).isBlank())) {
        places.set(places.size() - 1, new Stretch(last.start(), Math.max(end, last.end())));
      } else {
        places.add(new Stretch(start, end));
      }
    }
    return places;
  }
}
