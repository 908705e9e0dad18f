package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.dataset.StratifiedTasks;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The search that asks nobody for critiques: sets of demonstrations are drawn and raced. Half of
 * them leave after each stage, and the others go on to twice as many tasks (sequential halving,
 * Karnin et al. 2013), so that more calls buy more evidence and not only more luck. A set is never
 * measured on a task that it shows.
 *
 * <p>The first race is between sets drawn anew, which differ in size, order and in how often each
 * label comes. What is left of the calls then goes to races of the best with changes of itself: its
 * own set with a few demonstrations more, of the tasks that it fails on or with their answers.
 */
final class DrawnSearch {
  /** Tasks on which the start is measured. */
  private static final int OF_THE_START = 12;

  /** Fewest tasks of a first stage. */
  private static final int FEWEST = 6;

  /** So many of the calls' root are the sets of the first race, and how many at the most. */
  private static final double SETS = 0.9;

  private static final int MOST_SETS = 24;

  /** Changes of the best in each further race, at the most. */
  private static final int MOST_CHANGES = 6;

  /** A race takes so much of what is left; all where that is too little for two. */
  private static final double SHARE = 0.7;

  private static final long WORTH_TWO = 150;

  private final Workbench bench;
  private final ExampleMoves moves;
  private final List<Task> tasks;
  private final Finals finals;
  private final Set<String> tried = new HashSet<>();
  private Candidate best;

  DrawnSearch(OptimizationJob job, Workbench bench, Choices choices) {
    this.bench = bench;
    this.moves = new ExampleMoves(bench.demonstrations(), job.seedPrompt(), choices);
    // Validation tasks first: no set shows one, so all sets are compared on the same.
    List<Task> all =
        Stream.concat(
                choices.shuffled(job.validation()).stream(), choices.shuffled(job.train()).stream())
            .toList();
    int hidden = job.validation().size();
    this.tasks =
        Stream.of(all.subList(0, hidden), all.subList(hidden, all.size()))
            .flatMap(part -> StratifiedTasks.inOrder(part, all).stream())
            .toList();
    this.finals = new Finals(bench, tasks);
    this.best = bench.seed();
  }

  void run() throws SearchStopped {
    int round = 0;
    try {
      Evaluation seed = measured(List.of(best), OF_THE_START, 0).getFirst();
      tried.add(best.prompt());
      bench.best(best, seed.mean(), 0);
      do {
        round++;
        bench.calls().keepBack(finals.calls(best));
      } while (bench.calls().left() >= 4 * FEWEST && race(round));
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
    long calls = left < WORTH_TWO && round > 1 ? left : Math.round(left * SHARE);
    List<Candidate> ranked = round == 1 ? drawn(calls) : changed(calls, round);
    if (ranked.isEmpty()) {
      return false;
    }
    long each = Math.max(FEWEST, round == 1 ? calls / (2L * ranked.size()) : known(best) / 2);
    if (round > 1) {
      ranked.add(best);
    }
    for (long course = each; ; course *= 2) {
      int affordable = affordable(ranked, (int) Math.min(course, tasks.size()), calls);
      long cost = cost(ranked, affordable);
      if (cost == 0 && course > each) {
        break;
      }
      calls -= cost;
      ranked = ranked(measured(ranked, affordable, round));
      ranked = ranked.subList(0, Math.max(Math.min(ranked.size(), 2), (ranked.size() + 1) / 2));
    }
    if (known(ranked.getFirst()) == 0) {
      return false;
    }
    ranked.forEach(finals::mayStand);
    Candidate first = ranked.getFirst();
    if ((round == 1 || known(first) >= known(best)) && isAhead(first)) {
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

  private List<Candidate> drawn(long calls) {
    int count = Math.clamp(Math.round(SETS * Math.sqrt((double) calls)), 2, MOST_SETS);
    return challengers(moves.drawn(count, best.prompt()), 1);
  }

  private List<Candidate> changed(long calls, int round) {
    int count = Math.clamp(calls * 4 / (3L * Math.max(1, known(best))), 2, MOST_CHANGES);
    List<Task> failed = tasks.stream().filter(this::isFailed).toList();
    return challengers(moves.changed(count, best.prompt(), failed), round);
  }

  private List<Candidate> challengers(List<String> prompts, int round) {
    return prompts.stream()
        .filter(tried::add)
        .map(prompt -> bench.candidate(prompt, best, round, null))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private boolean isFailed(Task task) {
    return bench.rollouts().reward(best, task).orElse(1) < 1;
  }

  private List<Evaluation> measured(List<Candidate> candidates, int course, int round)
      throws SearchStopped {
    return bench.compare(candidates, tasks.subList(0, Math.min(course, tasks.size())), round);
  }

  /** The longest course up to this one that costs no more than these calls. */
  private int affordable(List<Candidate> candidates, int course, long calls) {
    int affordable = course;
    while (cost(candidates, affordable) > calls) {
      affordable--;
    }
    return affordable;
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
