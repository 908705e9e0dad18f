package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.dataset.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The end of a search: its best prompts and the one that it began with are run on all tasks, or as
 * many as calls are left for, and the best there is the winner. So it is never worse on those tasks
 * than a best before it, and what a few lucky tasks crowned is found out.
 */
final class Finals {
  /** The share of a search's calls that is kept for them, at most. */
  private static final double SHARE = 0.1;

  /** Who is so many standard errors behind does not come back. */
  private static final double HOPELESS = 2;

  private static final int CONTENDERS = 2;

  private final Workbench bench;
  private final List<Task> tasks;
  private final Set<Candidate> contenders = new LinkedHashSet<>();

  Finals(Workbench bench, List<Task> tasks) {
    this.bench = bench;
    this.tasks = tasks;
  }

  /** Calls to be kept for them as things stand. */
  long calls(Candidate best) {
    List<Candidate> finalists = finalists(best);
    if (finalists.size() < 2) {
      return 0;
    }
    long missing =
        course(best).stream()
            .mapToLong(t -> finalists.stream().filter(c -> isMissing(c, t)).count())
            .sum();
    return Math.min(Math.round(SHARE * bench.calls().limit()), missing);
  }

  /** Was the best once, or nearly. */
  void mayStand(Candidate candidate) {
    contenders.add(candidate);
  }

  /** Who is better than the best on all these tasks; empty where the best stays. */
  Optional<Race.Winner> winner(Candidate best, int round) throws SearchStopped {
    List<Candidate> finalists = finalists(best);
    List<Task> course = course(best);
    int known = (int) course.stream().filter(t -> hasReward(best, t)).count();
    List<Task> run = affordable(finalists, course);
    if (finalists.size() < 2 || run.size() < known) {
      return Optional.empty();
    }
    List<Evaluation> evaluations = bench.compare(finalists, run, round);
    Set<String> common = Evaluation.commonTasks(evaluations);
    Evaluation first =
        evaluations.stream()
            .max(
                Comparator.comparingDouble((Evaluation e) -> e.meanOver(common))
                    .thenComparing(
                        Comparator.comparingLong((Evaluation e) -> e.candidate().tokens())
                            .reversed())
                    .thenComparing(e -> e.candidate().equals(best)))
            .orElseThrow();
    return Optional.of(new Race.Winner(first.candidate(), first.meanOver(common)));
  }

  /** The best, and the start and those that come nearest to it on the tasks that both have. */
  private List<Candidate> finalists(Candidate best) {
    List<Candidate> finalists = new ArrayList<>(List.of(best));
    Stream.concat(contenders.stream(), Stream.of(bench.seed()))
        .distinct()
        .filter(c -> !c.equals(best))
        .map(c -> Lead.of(c, best, tasks, bench.rollouts()))
        .filter(lead -> lead.mean() + HOPELESS * lead.error() >= 0)
        .sorted(Comparator.comparingDouble(lead -> lead.error() - lead.mean()))
        .limit(CONTENDERS)
        .forEach(lead -> finalists.add(lead.candidate()));
    return List.copyOf(finalists);
  }

  private List<Task> course(Candidate best) {
    return tasks.stream().sorted(Comparator.comparing(t -> !hasReward(best, t))).toList();
  }

  private List<Task> affordable(List<Candidate> finalists, List<Task> course) {
    List<Task> run = new ArrayList<>();
    long left = bench.calls().left();
    for (Task task : course) {
      left -= finalists.stream().filter(c -> isMissing(c, task)).count();
      if (left < 0) {
        break;
      }
      run.add(task);
    }
    return run;
  }

  private boolean isMissing(Candidate candidate, Task task) {
    return bench.mayRun(candidate, task) && !hasReward(candidate, task);
  }

  private boolean hasReward(Candidate candidate, Task task) {
    return bench.rollouts().reward(candidate, task).isPresent();
  }
}
