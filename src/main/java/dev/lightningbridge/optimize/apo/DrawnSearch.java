package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.demonstrations.Demonstration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The search that asks nobody for critiques: sets of demonstrations are drawn and raced. Half of
 * them leave after each stage, and the others go on to twice as many tasks (sequential halving,
 * Karnin et al. 2013), so that more calls buy more evidence and not only more luck. A set is never
 * measured on a task that it shows.
 *
 * <p>What is left of the calls after the first race goes to races against the best: of its own set
 * with a few demonstrations more, of the tasks that it fails on or with their answers.
 */
final class DrawnSearch {
  /** Tasks on which the start is measured, and fewest of a stage. */
  private static final int FEWEST = 12;

  /** Sets of the first race, at the most. */
  private static final int MOST_SETS = 12;

  /**
   * By so much of the calls' root there are sets: with nine times the calls three times as many.
   */
  private static final double SETS = 0.46;

  /** Sets of each further race, at the most. */
  private static final int MOST_CHANGED = 6;

  /** A race takes so much of what is left; all where that is too little for two. */
  private static final double SHARE = 0.4;

  private static final long WORTH_TWO = 150;

  /** How many demonstrations come to the best's, by turns. */
  private static final List<Integer> MENDED = List.of(4, 2, 8, 3);

  private final Workbench bench;
  private final Choices choices;
  private final DemonstrationSets sets;
  private final List<Task> tasks;
  private final Finals finals;
  private final Set<String> tried = new HashSet<>();
  private Candidate best;
  private int drawn;

  DrawnSearch(OptimizationJob job, Workbench bench, Choices choices) {
    this.bench = bench;
    this.choices = choices;
    this.sets = new DemonstrationSets(bench.demonstrations(), job.seedPrompt());
    // Validation tasks first: no set shows one, so all sets are compared on the same.
    this.tasks =
        Stream.concat(
                choices.shuffled(job.validation()).stream(), choices.shuffled(job.train()).stream())
            .toList();
    this.finals = new Finals(bench, tasks);
    this.best = bench.seed();
  }

  void run() throws SearchStopped {
    int round = 0;
    try {
      Evaluation seed = measured(List.of(best), FEWEST, 0).getFirst();
      tried.add(best.prompt());
      bench.best(best, seed.mean(), 0);
      do {
        round++;
        bench.calls().keepBack(finals.calls(best));
      } while (bench.calls().left() >= 2 * FEWEST && race(round));
    } catch (SearchStopped e) {
      if (e.reason() != StopReason.FINISHED) {
        throw e;
      }
    }
    bench.calls().keepBack(0);
    int last = round;
    finals.winner(best, last).ifPresent(w -> crown(w.candidate(), w.score(), last));
  }

  /** Whether there was anything new to race. */
  private boolean race(int round) throws SearchStopped {
    long left = bench.calls().left();
    long calls =
        left < WORTH_TWO && round > 1 ? left : Math.max(2 * FEWEST, Math.round(left * SHARE));
    int known = known(best);
    int count =
        round == 1
            ? Math.clamp(Math.round(SETS * Math.sqrt((double) calls)), 2, MOST_SETS)
            : Math.clamp(calls * 4 / (3L * known), 2, MOST_CHANGED);
    int each =
        round == 1 ? (int) Math.max(FEWEST, calls / (2L * count)) : Math.max(FEWEST, known / 2);
    List<Candidate> running = challengers(count, round);
    if (running.isEmpty()) {
      return false;
    }
    if (round > 1) {
      running.add(best);
    }
    List<Candidate> ranked = running;
    for (int n = each; ; n *= 2) {
      int course = Math.min(n, tasks.size());
      long cost = cost(ranked, course);
      if (cost > calls) {
        break;
      }
      calls -= cost;
      ranked = ranked(measured(ranked, course, round));
      if (course == tasks.size()) {
        break;
      }
      ranked = ranked.subList(0, Math.min(ranked.size(), Math.max(2, (ranked.size() + 1) / 2)));
    }
    if (known(ranked.getFirst()) == 0) {
      return false;
    }
    ranked.forEach(finals::mayStand);
    Candidate first = ranked.getFirst();
    if (known(first) >= known && isAhead(first)) {
      crown(first, measuredMean(first), round);
    }
    bench.roundFinished(round, round, ranked);
    return true;
  }

  private boolean isAhead(Candidate candidate) {
    return !candidate.equals(best) && Lead.of(candidate, best, tasks, bench.rollouts()).mean() > 0;
  }

  /** On how many tasks the candidate was measured. */
  private int known(Candidate candidate) {
    return (int)
        tasks.stream().filter(t -> bench.rollouts().reward(candidate, t).isPresent()).count();
  }

  /** New sets; from the second round on every other one is the best's with a few more. */
  private List<Candidate> challengers(int count, int round) {
    List<Candidate> made = new ArrayList<>();
    Map<String, Double> weights = sets.weights(best.prompt());
    for (int i = 0; i < count; i++) {
      int size = DemonstrationSets.SIZES.get(drawn % DemonstrationSets.SIZES.size());
      List<Demonstration> set =
          sets.drawn(
              size, best.prompt(), weights.isEmpty() ? sets.tilted(drawn) : weights, choices);
      drawn++;
      if (round > 1 && i % 2 == 0) {
        set = mended(set, MENDED.get(i / 2 % MENDED.size()));
      }
      String prompt = sets.with(best.prompt(), set);
      if (!set.isEmpty() && tried.add(prompt)) {
        made.add(bench.candidate(prompt, best, round, null));
      }
    }
    return made;
  }

  /**
   * The best's set and a few more: train tasks that it fails on, or that have the answers of those
   * it fails on, so that a model that leans to one answer is pulled back.
   */
  private List<Demonstration> mended(List<Demonstration> fresh, int most) {
    List<Demonstration> own = bench.demonstrations().in(best.prompt());
    List<Demonstration> more = new ArrayList<>();
    List<Demonstration> others = new ArrayList<>(choices.shuffled(bench.demonstrations().all()));
    others.removeAll(own);
    for (Task task : choices.shuffled(tasks.stream().filter(this::isFailed).toList())) {
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
    return own.isEmpty() || more.isEmpty()
        ? fresh
        : sets.fitting(
            choices.shuffled(Stream.concat(more.stream(), own.stream()).toList()), best.prompt());
  }

  private boolean isFailed(Task task) {
    return bench.rollouts().reward(best, task).orElse(1) < 1;
  }

  private List<Evaluation> measured(List<Candidate> candidates, int course, int round)
      throws SearchStopped {
    return bench.compare(candidates, tasks.subList(0, Math.min(course, tasks.size())), round);
  }

  private long cost(List<Candidate> candidates, int course) {
    return candidates.stream()
        .mapToLong(
            c ->
                tasks.subList(0, course).stream()
                    .filter(t -> bench.mayRun(c, t) && bench.rollouts().reward(c, t).isEmpty())
                    .count())
        .sum();
  }

  /** Best first; of equals the one with more examples, which is less a matter of chance. */
  private List<Candidate> ranked(List<Evaluation> evaluations) {
    return evaluations.stream()
        .sorted(
            Comparator.comparingDouble(Evaluation::mean)
                .thenComparingInt(e -> bench.demonstrations().in(e.candidate().prompt()).size())
                .reversed())
        .map(Evaluation::candidate)
        .toList();
  }

  private double measuredMean(Candidate candidate) {
    return tasks.stream()
        .flatMapToDouble(t -> bench.rollouts().reward(candidate, t).stream())
        .average()
        .orElse(Double.NaN);
  }

  private void crown(Candidate candidate, double score, int round) {
    best = candidate;
    finals.mayStand(candidate);
    bench.best(candidate, score, round);
  }
}
