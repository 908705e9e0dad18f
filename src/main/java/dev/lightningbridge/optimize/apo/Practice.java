package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.optimize.HumanNote;
import dev.lightningbridge.optimize.OptimizationJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Has prompts run on tasks that may show what is wrong with them, and makes orders of that, one for
 * each letter to a critic.
 */
final class Practice {
  private final RacingSettings settings;
  private final Workbench bench;
  private final Choices choices;
  private final List<Task> tasks;
  private final Attempts attempts;
  private final int shown;
  private final List<HumanNote> notes;

  Practice(
      RacingSettings settings,
      OptimizationJob job,
      Workbench bench,
      Choices choices,
      List<Task> tasks,
      Attempts attempts) {
    this.settings = settings;
    this.bench = bench;
    this.choices = choices;
    this.tasks = tasks;
    this.attempts = attempts;
    shown = job.settings().gradientBatchSize();
    notes = job.humanNotes();
  }

  /**
   * The orders of a round.
   *
   * @param kept good prompts, of which one may be revised in place of the best
   */
  List<Reviser.Order> orders(Candidate best, List<Candidate> kept, int round) throws SearchStopped {
    List<Rollouts.Trial> trials = new ArrayList<>();
    Map<Candidate, List<Task>> hard = new HashMap<>();
    for (int i = 0; i < settings.challengers(); i++) {
      Candidate parent = choices.chance(settings.explore()) ? bestOnSomeTask(best, kept) : best;
      List<Task> queue = hard.computeIfAbsent(parent, this::hardFirst);
      trials.add(new Rollouts.Trial(parent, taken(queue)));
    }
    return orders(bench.practise(trials, round));
  }

  private List<Reviser.Order> orders(List<Evaluation> practices) {
    Map<Candidate, List<Evaluation>> byCandidate = new LinkedHashMap<>();
    practices.forEach(
        one -> byCandidate.computeIfAbsent(one.candidate(), x -> new ArrayList<>()).add(one));
    List<Reviser.Order> orders = new ArrayList<>();
    byCandidate.forEach(
        (candidate, its) -> {
          List<Rollout> known = bench.rollouts().known(candidate, choices.shuffled(tasks));
          List<Rollout> fresh = its.stream().flatMap(one -> one.rewarded().stream()).toList();
          List<Briefing.Tried> tried = attempts.of(candidate);
          letters(its.size(), undoubted(fresh), undoubted(known)).stream()
              .map(runs -> Experiment.of(runs, notes))
              .map(shown -> new Reviser.Order(candidate, shown, known, tried))
              .forEach(orders::add);
        });
    return orders;
  }

  /** What each letter shows; where nothing failed, there is one if people noted anything. */
  private List<List<Rollout>> letters(int most, List<Rollout> fresh, List<Rollout> known) {
    List<List<Rollout>> shown = ShownRuns.of(most, fresh, known);
    return shown.isEmpty() && !notes.isEmpty() ? List.of(List.of()) : shown;
  }

  private List<Rollout> undoubted(List<Rollout> runs) {
    return runs.stream().filter(run -> !bench.reviser().isDoubted(run.task())).toList();
  }

  /** One of the kept prompts, by the number of tasks on which it beats the others. */
  private Candidate bestOnSomeTask(Candidate best, List<Candidate> kept) {
    List<Task> shared =
        tasks.stream().filter(task -> knownOn(kept, task).limit(2).count() == 2).toList();
    if (shared.isEmpty()) {
      return best;
    }
    Task task = choices.choice(shared);
    double top = knownOn(kept, task).mapToDouble(c -> reward(c, task)).max().orElseThrow();
    return choices.choice(knownOn(kept, task).filter(c -> reward(c, task) == top).toList());
  }

  private Stream<Candidate> knownOn(List<Candidate> kept, Task task) {
    return kept.stream().filter(c -> bench.rollouts().reward(c, task).isPresent());
  }

  /** Known failures, then tasks not tried, then the rest; each in random order. */
  private List<Task> hardFirst(Candidate candidate) {
    List<Task> failed = new ArrayList<>();
    List<Task> unknown = new ArrayList<>();
    List<Task> solved = new ArrayList<>();
    List<Task> may = tasks.stream().filter(task -> bench.mayRun(candidate, task)).toList();
    for (Task task : choices.shuffled(may)) {
      var reward = bench.rollouts().reward(candidate, task);
      (reward.isEmpty() ? unknown : reward.getAsDouble() < 1 ? failed : solved).add(task);
    }
    List<Task> order = new ArrayList<>(failed);
    order.addAll(unknown);
    order.addAll(solved);
    return order;
  }

  /** The first tasks of the queue, which go to its end. */
  private List<Task> taken(List<Task> queue) {
    List<Task> first = List.copyOf(queue.subList(0, Math.min(shown, queue.size())));
    queue.removeAll(new HashSet<>(first));
    queue.addAll(first);
    return first;
  }

  private double reward(Candidate candidate, Task task) {
    return bench.rollouts().reward(candidate, task).orElse(0);
  }
}
