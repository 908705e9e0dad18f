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
 * A race of challengers against the best prompt so far, on the same tasks in the same order. After
 * each block of tasks those that fall behind leave, and again and again the weaker half (successive
 * halving, Jamieson and Talwalkar 2016). The best is dethroned only by who is ahead of it on all
 * tasks that it was measured on: a few tasks are no evidence against many.
 */
final class Race {
  /** Fewer tasks on which two prompts differ say nothing about which is better. */
  private static final int LEAST_DIFFERING = 3;

  /** Who does the same as the best on so many blocks has nothing to offer but being shorter. */
  private static final int BLOCKS_OF_A_TIE = 4;

  private final RacingSettings settings;
  private final Workbench bench;
  private final List<Task> tasks;
  private final Choices choices;

  Race(RacingSettings settings, Workbench bench, List<Task> tasks, Choices choices) {
    this.settings = settings;
    this.bench = bench;
    this.tasks = tasks;
    this.choices = choices;
  }

  /**
   * A new best.
   *
   * @param score its mean reward on the tasks of its race
   */
  record Winner(Candidate candidate, double score) {}

  /**
   * How a race ended.
   *
   * @param winner who dethroned the best; empty where it stays
   * @param last those that were in it to the end, best first
   */
  record End(Optional<Winner> winner, List<Candidate> last) {}

  End of(Candidate best, List<Candidate> challengers, int round) throws SearchStopped {
    List<Task> course = course(best);
    int evidence = evidence(best, course);
    List<Candidate> running = challengers;
    for (int n = settings.block(); !running.isEmpty(); n += settings.block()) {
      List<Task> run = course.subList(0, Math.min(n, course.size()));
      boolean over = run.size() == course.size();
      bench.compare(Stream.concat(Stream.of(best), running.stream()).toList(), run, round);
      List<Lead> leads = leads(best, running, run, places(challengers.size(), n));
      running = leads.stream().map(Lead::candidate).toList();
      Optional<Lead> first =
          leads.stream().findFirst().filter(l -> over || (run.size() >= evidence && isWinning(l)));
      if (first.isPresent()) {
        Candidate candidate = first.get().candidate();
        return isAhead(first.get(), best)
            ? new End(Optional.of(new Winner(candidate, mean(candidate, run))), running)
            : new End(Optional.empty(), running);
      }
      if (over) {
        return new End(Optional.empty(), running);
      }
    }
    return new End(Optional.empty(), running);
  }

  private int places(int challengers, int n) {
    return Math.max(1, (int) Math.ceil(challengers / Math.pow(2, (double) n / settings.block())));
  }

  private List<Lead> leads(Candidate best, List<Candidate> running, List<Task> run, int places) {
    return running.stream()
        .map(candidate -> Lead.of(candidate, best, run, bench.rollouts()))
        .filter(lead -> !isLosing(lead) && !isIdle(lead, best))
        .sorted(Comparator.comparingDouble(Lead::mean).reversed())
        .limit(places)
        .toList();
  }

  /** Tasks that the best prompt was run on come first: they cost one rollout, not two. */
  private List<Task> course(Candidate best) {
    Set<Task> course = new LinkedHashSet<>();
    choices.shuffled(tasks).stream()
        .filter(t -> bench.rollouts().reward(best, t).isPresent())
        .forEach(course::add);
    int most = Math.max(settings.most(), course.size());
    course.addAll(tasks);
    return new ArrayList<>(course).subList(0, Math.min(most, course.size()));
  }

  /** How many tasks a challenger must have been run on to win before the end. */
  private int evidence(Candidate best, List<Task> course) {
    int known =
        (int) course.stream().filter(t -> bench.rollouts().reward(best, t).isPresent()).count();
    return Math.max(settings.fewest(), known);
  }

  private boolean isLosing(Lead lead) {
    if (lead.differing() < LEAST_DIFFERING) {
      return false;
    }
    return lead.mean() + settings.z() * lead.error() < 0
        || (lead.tasks() >= 2 * settings.fewest() && lead.mean() + 0.3 * lead.error() < 0);
  }

  private boolean isIdle(Lead lead, Candidate best) {
    return lead.differing() == 0
        && lead.tasks() >= BLOCKS_OF_A_TIE * settings.block()
        && !isShorter(lead.candidate(), best);
  }

  private boolean isWinning(Lead lead) {
    return lead.mean() - settings.z() * lead.error() > 0;
  }

  private static boolean isAhead(Lead lead, Candidate best) {
    return lead.mean() > 0 || (lead.differing() == 0 && isShorter(lead.candidate(), best));
  }

  private static boolean isShorter(Candidate one, Candidate other) {
    return one.tokens() < other.tokens();
  }

  private double mean(Candidate candidate, List<Task> run) {
    return run.stream()
        .flatMapToDouble(t -> bench.rollouts().reward(candidate, t).stream())
        .average()
        .orElse(Double.NaN);
  }
}
