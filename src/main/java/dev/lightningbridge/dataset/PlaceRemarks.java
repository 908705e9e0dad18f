package dev.lightningbridge.dataset;

import dev.lightningbridge.common.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which places of a prompt have no value, and which values no place. */
public final class PlaceRemarks {
  private static final int TOLD = 10;

  private PlaceRemarks() {}

  /** A sentence each; none where the prompt has no places and no task has values. */
  public static List<String> of(String prompt, List<Task> tasks) {
    Set<String> places = PromptPlaces.in(prompt);
    Map<String, Integer> empty = new LinkedHashMap<>();
    Map<String, Integer> left = new LinkedHashMap<>();
    for (Task task : tasks) {
      Set<String> names =
          task.shape() instanceof InputShape.Values values ? values.values().keySet() : Set.of();
      places.stream().filter(p -> !names.contains(p)).forEach(p -> empty.merge(p, 1, Integer::sum));
      names.stream().filter(n -> !places.contains(n)).forEach(n -> left.merge(n, 1, Integer::sum));
    }
    List<String> sentences = new ArrayList<>();
    empty.forEach(
        (place, times) ->
            sentences.add(
                "The prompt's place {{%s}} has no value in %s of %s tasks; it is sent as it stands there."
                    .formatted(place, Figures.count(times), Figures.count(tasks.size()))));
    left.forEach(
        (name, times) ->
            sentences.add(
                "The value \"%s\" of %s of %s tasks has no place {{%s}} in the prompt; it is sent as the user's message."
                    .formatted(name, Figures.count(times), Figures.count(tasks.size()), name)));
    return sentences.size() <= TOLD ? sentences : List.copyOf(sentences.subList(0, TOLD));
  }
}
