package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.optimize.demonstrations.Demonstration;
import dev.lightningbridge.optimize.demonstrations.Demonstrations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Prompts made of examples alone: of sets drawn anew, and of a good set with a few more. */
final class ExampleMoves {
  /** How many a set has, by turns: many are better than few, if they fit. */
  private static final List<Integer> SIZES = List.of(32, 16, 24, 32);

  /** How many come to a good set, by turns. */
  private static final List<Integer> MORE = List.of(4, 2, 8, 3);

  private final Demonstrations demonstrations;
  private final DemonstrationSets sets;
  private final Choices choices;

  /**
   * @param start the prompt that the search begins with
   */
  ExampleMoves(Demonstrations demonstrations, String start, Choices choices) {
    this.demonstrations = demonstrations;
    this.sets = new DemonstrationSets(demonstrations, start);
    this.choices = choices;
  }

  /** So many at most, which differ in size, order and in how often each label comes. */
  List<String> drawn(int count, String prompt) {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int size = SIZES.get(i % SIZES.size());
      add(choices.shuffled(sets.drawn(size, prompt, sets.tilted(choices), choices)), prompt, made);
    }
    return made;
  }

  /**
   * The prompt's set and a few more: train tasks that it fails on, or that have the answers of
   * those it fails on, so that a model that leans to one answer is pulled back. In every other they
   * stand at the end, where they pull the most (Zhao et al. 2021).
   */
  List<String> changed(int count, String prompt, List<Task> failed) {
    List<String> made = new ArrayList<>();
    List<Demonstration> own = demonstrations.in(prompt);
    for (int i = 0; i < count; i++) {
      List<Demonstration> more = more(MORE.get(i % MORE.size()), own, failed);
      List<Demonstration> all = Stream.concat(own.stream(), more.stream()).toList();
      add(sets.fitting(i % 2 == 0 ? choices.shuffled(all) : all, prompt), prompt, made);
    }
    return made;
  }

  private List<Demonstration> more(int most, List<Demonstration> own, List<Task> failed) {
    List<Demonstration> others = new ArrayList<>(choices.shuffled(demonstrations.all()));
    others.removeAll(own);
    List<Demonstration> more = new ArrayList<>();
    for (Task task : choices.shuffled(failed)) {
      others.stream()
          .filter(one -> one.task().equals(task.id()) || one.isAnsweredLike(task))
          .max(Comparator.comparing(one -> one.task().equals(task.id())))
          .filter(one -> more.size() < most)
          .ifPresent(
              one -> {
                more.add(one);
                others.remove(one);
              });
    }
    return more.isEmpty() ? others.subList(0, Math.min(most, others.size())) : more;
  }

  private void add(List<Demonstration> set, String prompt, List<String> made) {
    if (!set.isEmpty()) {
      made.add(sets.with(prompt, set));
    }
  }
}
